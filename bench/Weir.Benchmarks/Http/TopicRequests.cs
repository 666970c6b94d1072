using System.Text;
using System.Text.Json;

namespace Weir.Benchmarks.Http;

/// <summary>What publishers send: SNS over Query, EventBridge over AWS JSON 1.1. Without keys no signature is needed.
/// </summary>
internal sealed class TopicRequests(int port)
{
    private const string Account = "000000000000";
    private const string Region = "us-east-1";

    public ReadOnlyMemory<byte> CreateTopic(string name) => Sns("CreateTopic", ("Name", name));

    public ReadOnlyMemory<byte> SubscribeRaw(string topic, string queue) => Sns(
        "Subscribe", ("TopicArn", TopicArn(topic)), ("Protocol", "sqs"), ("Endpoint", QueueArn(queue)),
        ("Attributes.entry.1.key", "RawMessageDelivery"), ("Attributes.entry.1.value", "true"));

    public ReadOnlyMemory<byte> SubscribeHttp(string topic, Uri endpoint) => Sns(
        "Subscribe", ("TopicArn", TopicArn(topic)), ("Protocol", endpoint.Scheme), ("Endpoint", endpoint.ToString()));

    public ReadOnlyMemory<byte> Publish(string topic) =>
        Sns("Publish", ("TopicArn", TopicArn(topic)), ("Message", SqsRequests.BodyText));

    public ReadOnlyMemory<byte> PutRule(string bus, string rule, string pattern) =>
        Events("PutRule", new { Name = rule, EventBusName = bus, EventPattern = pattern });

    public ReadOnlyMemory<byte> CreateBus(string bus) => Events("CreateEventBus", new { Name = bus });

    public ReadOnlyMemory<byte> PutTarget(string bus, string rule, string queue) => Events("PutTargets", new
    {
        Rule = rule,
        EventBusName = bus,
        Targets = new[] { new { Id = "queue", Arn = QueueArn(queue) } },
    });

    public ReadOnlyMemory<byte> PutEvent(string bus, string kind) => Events("PutEvents", new
    {
        Entries = new[]
        {
            new
            {
                EventBusName = bus, Source = "bench", DetailType = kind,
                Detail = JsonSerializer.Serialize(new { text = SqsRequests.BodyText }),
            },
        },
    });

    /// <summary>One event to each bus.</summary>
    public ReadOnlyMemory<byte> PutEvents(IEnumerable<string> buses, string kind) => Events("PutEvents", new
    {
        Entries = buses.Select(bus => new
        {
            EventBusName = bus, Source = "bench", DetailType = kind,
            Detail = JsonSerializer.Serialize(new { text = SqsRequests.BodyText }),
        }),
    });

    private static string TopicArn(string name) => $"arn:aws:sns:{Region}:{Account}:{name}";

    private static string QueueArn(string name) => $"arn:aws:sqs:{Region}:{Account}:{name}";

    private byte[] Sns(string action, params (string Name, string Value)[] fields)
    {
        var form = $"Action={action}&Version=2010-03-31&" + string.Join(
            '&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        return Request("Content-Type: application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(form));
    }

    private byte[] Events(string operation, object body) => Request(
        $"X-Amz-Target: AWSEvents.{operation}\r\nContent-Type: application/x-amz-json-1.1",
        JsonSerializer.SerializeToUtf8Bytes(body));

    private byte[] Request(string headers, byte[] body)
    {
        var head = $"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
