using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker;
using Weir.Broker.Buses;
using Weir.Broker.Tenants;
using Weir.Journal;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest;
using Weir.Protocols.Rest.Messages;
using Weir.Simulator;
using RestCall = Weir.Protocols.Rest.RestCall;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// What a request of REST brings for a queue, a topic or a bus: headers, an empty line, a body. A message that is taken
/// comes back from its stored form as it was, an event is a JSON object, and no token passes that nobody was given.
/// </summary>
internal sealed class RestMessageTarget : HostileReader
{
    private static readonly BusName Bus = new("000000000000", "us-east-1", "default");

    private readonly RestBackend _backend = Open();

    public override string Name => "rest-message";

    public override double Share => 0.02;

    public override long AllocatedBytesPerByte => 2_048;

    public override IReadOnlyList<byte[]> Seeds { get; } = Texts(
        "Content-Type: text/plain\nWeir-Attribute-colour: blue\nWeir-Reply: true\nPrefer: respond-async, wait=5\n\nhi",
        "Content-Type: application/json\nWeir-Source: shop\nWeir-Detail-Type: order\nIdempotency-Key: 17\n\n{\"a\":1}",
        """
        Content-Type: application/json
        ce-specversion: 1.0
        ce-id: 1
        ce-source: /shop
        ce-type: order
        ce-time: 2026-01-02T03:04:05Z
        ce-subject: caf%C3%A9

        {"a":1}
        """,
        """
        Content-Type: application/cloudevents+json; charset=utf-8

        {"specversion":"1.0","id":"1","source":"/shop","type":"order","time":"2026-01-02T03:04:05Z","data":{"a":1}}
        """,
        """
        Content-Type: application/cloudevents-batch+json

        [{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{}},
         {"specversion":"1.0","id":"2","source":"/s","type":"t","data_base64":"e30="}]
        """);

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts(
        "\nce-", "\nWeir-Attribute-", "\nWeir-Attribute-weir-x: 1", "\nWeir-Reply: maybe", "\nWeir-Source: aws.s3",
        "\nPrefer: wait=", "\nIdempotency-Key: ", "\nToken: ", "\n\n", "application/cloudevents", "+json", "-batch",
        "\"specversion\":\"0.3\"", "\"data_base64\":\"!!\"", "\"data\":null", "\"time\":\"now\"", "ce-time: x", "%",
        "\"extension\":{}", "\"partitionkey\":\"1\"");

    public override bool Takes(byte[] input)
    {
        var call = ToCall(Encoding.UTF8.GetString(input));
        var (key, wrong) = KeyHeader.Read(call);
        Require(key is null || wrong is null, "a key is both taken and refused");
        Require(Preferences.Wait(call) is null or (>= 0 and <= Preferences.WaitSecondsMax), "a wait is out of range");
        Require(!_backend.Tokens.TryParse(call.Header("Token"), "000000000000", out _), "a token was taken");
        var (messages, problem) = InboundMessage.Read(call);
        Require(problem is null != (messages.Count == 0), "a message is neither taken nor refused");
        foreach (var message in messages)
            ContentTarget.RequireSame(message.Content, MessageContent(message));
        var (events, refusal) = InboundEvent.Read(call, Bus);
        Require(refusal is null != (events.Count == 0), "an event is neither taken nor refused");
        foreach (var one in events)
        {
            using var document = JsonDocument.Parse(one.Json);
            Require(document.RootElement.GetProperty("detail").ValueKind == JsonValueKind.Object, "no detail");
        }

        return wrong is null && (messages.Count > 0 || events.Count > 0);
    }

    private static Weir.Broker.Messages.MessageContent MessageContent(InboundMessage message) =>
        Weir.Broker.Messages.MessageContent.Decode(message.Content.Encode());

    private RestCall ToCall(string text)
    {
        var context = new DefaultHttpContext();
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        foreach (var line in text[..Math.Max(end, 0)].Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) context.Request.Headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = Encoding.UTF8.GetBytes(text[(end < 0 ? 0 : end + 2)..]);
        return new RestCall(
            context, _backend, new AwsIdentity("000000000000", "us-east-1", ""), "orders", body, "http://localhost");
    }

    private static RestBackend Open()
    {
        var options = new BrokerOptions
        {
            Journal = new JournalOptions
            {
                Directory = "data", Writer = JournalWriter.Inline, SegmentBytes = 4 << 20, FrameBytesMax = 1 << 20,
                ReserveBytes = 0,
            },
        };
        var broker = new Weir.Broker.Broker(
            options, new FakeTimeProvider(), IdSource.FromSeed(1), new SimulatedDisk(1),
            NullLogger<Weir.Broker.Broker>.Instance);
        var ring = new KeyRing(broker, new Dictionary<string, AccessKey>(), NullLogger<KeyRing>.Instance);
        return new RestBackend(broker, ring, new Admission(broker), NullLogger.Instance) { Aws = null! };
    }
}
