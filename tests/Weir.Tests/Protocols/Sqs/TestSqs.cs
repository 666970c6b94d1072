using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker;
using Weir.Broker.Archives;
using Weir.Broker.Delivery;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
using Weir.Broker.Tenants;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Tests.Broker;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>The endpoint over a broker of its own, driven without a socket.</summary>
internal sealed class TestSqs : IAsyncDisposable
{
    public const string Host = "localhost:4566";
    public const string OrdersUrl = $"http://{Host}/000000000000/orders";
    public const string FifoUrl = $"http://{Host}/000000000000/orders.fifo";
    public const string OrdersArn = "arn:aws:sqs:us-east-1:000000000000:orders";

    private readonly TestBroker _broker;
    private readonly AwsOptions _options;
    private AwsEndpoint _endpoint;

    public TestSqs(AwsOptions? options = null)
    {
        _broker = new TestBroker(broker => broker with
        {
            Journal = broker.Journal with { SegmentBytes = (4 << 20) + 8192, FrameBytesMax = 2 << 20 },
        });
        _options = options ?? new AwsOptions();
        _endpoint = Open();
    }

    public TestBroker Broker => _broker;

    public AwsEndpoint Endpoint => _endpoint;

    public Authenticator Authenticator { get; private set; }

    public TestLog Log { get; } = new();

    public ClockLog ClockLog { get; } = new();

    /// <summary>Account and region that requests are for; null: those of a request that is not signed.</summary>
    public (string Account, string Region)? Caller { get; set; }

    public Task<SqsAnswer> CallAsync(Wire wire, SqsRequest request) => wire == Wire.Json
        ? JsonAsync(request.Operation, request.Json)
        : QueryAsync(request.Form);

    /// <summary>Calls and expects success.</summary>
    public async Task<SqsAnswer> OkAsync(Wire wire, SqsRequest request)
    {
        var answer = await CallAsync(wire, request);
        Assert.True(answer.Status == 200, $"{request.Operation}: {answer.Code}: {answer.Message}");
        return answer;
    }

    /// <summary>Calls and expects that error.</summary>
    public async Task<SqsAnswer> RefusedAsync(Wire wire, SqsRequest request, string code, int status = 400)
    {
        var answer = await CallAsync(wire, request);
        Assert.Equal((code, status), (answer.Code, answer.Status));
        return answer;
    }

    public Task<SqsAnswer> JsonAsync(string operation, string json) =>
        JsonAsync(operation, Encoding.UTF8.GetBytes(json));

    public async Task<SqsAnswer> JsonAsync(string operation, byte[] body) =>
        Read(await SendAsync("POST", "/", body, "application/x-amz-json-1.0", $"AmazonSQS.{operation}"));

    public async Task<SqsAnswer> QueryAsync(string form, string path = "/") =>
        Read(await SendAsync("POST", path, Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded"));

    public async Task<HttpContext> SendAsync(
        string method, string path, byte[] body, string? type = null, string? target = null,
        Action<HttpContext>? prepare = null)
    {
        var context = new DefaultHttpContext();
        var question = path.IndexOf('?', StringComparison.Ordinal);
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(Host);
        context.Request.Path = question < 0 ? path : path[..question];
        context.Request.QueryString = new QueryString(question < 0 ? null : path[question..]);
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        context.Request.ContentType = type;
        if (target is not null) context.Request.Headers["X-Amz-Target"] = target;
        if (Caller is { } caller)
        {
            context.Request.Headers.Authorization =
                $"AWS4-HMAC-SHA256 Credential={caller.Account}/20260101/{caller.Region}/sqs/aws4_request, "
                + "SignedHeaders=host, Signature=anything";
        }

        context.Response.Body = new MemoryStream();
        prepare?.Invoke(context);
        await _endpoint.HandleAsync(context);
        return context;
    }

    /// <summary>Reads the answer, which must be whole and in the form of the protocol.</summary>
    public static SqsAnswer Read(HttpContext context)
    {
        var bytes = ((MemoryStream)context.Response.Body).ToArray();
        Assert.Equal(context.Response.ContentLength, bytes.Length);
        var text = Encoding.UTF8.GetString(bytes);
        var requestId = context.Response.Headers["x-amzn-RequestId"].ToString();
        Assert.NotEmpty(requestId);
        var queryError = context.Response.Headers["x-amzn-query-error"].ToString();
        var status = context.Response.StatusCode;
        if (context.Response.ContentType == "application/x-amz-json-1.0")
        {
            return new SqsAnswer(JsonNode.Parse(text)!.AsObject())
            {
                Status = status, QueryErrorHeader = queryError, RequestId = requestId,
            };
        }

        Assert.Equal("text/xml", context.Response.ContentType);
        return new SqsAnswer(XDocument.Parse(text).Root!) { Status = status, RequestId = requestId };
    }

    public Task<SqsAnswer> CreateAsync(string name, params (string Key, string Value)[] attributes)
    {
        var request = new SqsRequest("CreateQueue").Set("QueueName", name);
        if (name.EndsWith(".fifo", StringComparison.Ordinal)) attributes = [.. attributes, ("FifoQueue", "true")];
        return OkAsync(Wire.Json, attributes.Length == 0 ? request : request.Attributes(attributes));
    }

    public Task<SqsAnswer> SendAsync(string body, string url = OrdersUrl) =>
        OkAsync(Wire.Json, new SqsRequest("SendMessage").Set("QueueUrl", url).Set("MessageBody", body));

    public Task<SqsAnswer> SendFifoAsync(string body, string group = "g", string? id = null) =>
        OkAsync(Wire.Json, new SqsRequest("SendMessage").Set("QueueUrl", FifoUrl).Set("MessageBody", body)
            .Set("MessageGroupId", group).Set("MessageDeduplicationId", id ?? body));

    public async Task<IReadOnlyList<SqsAnswer>> ReceiveAsync(string url = OrdersUrl, int max = 10) =>
        (await OkAsync(Wire.Json, new SqsRequest("ReceiveMessage").Set("QueueUrl", url)
            .Set("MaxNumberOfMessages", max).Texts("AttributeNames", "AttributeName", "All")))
        .Items("Messages", "Message");

    public async Task<IReadOnlyDictionary<string, string>> AttributesAsync(string url = OrdersUrl) =>
        (await OkAsync(Wire.Json, new SqsRequest("GetQueueAttributes").Set("QueueUrl", url)
            .Texts("AttributeNames", "AttributeName", "All"))).Map("Attributes", "Attribute");

    /// <summary>How many queues there are, those of archives, targets and the audit log among them.</summary>
    public async Task<int> CountQueuesAsync() =>
        (await _broker.Broker.ExecuteAsync(new CountQueuesCommand("000000000000"))).Value;

    /// <summary>Ends the broker and starts another on the same disk.</summary>
    public async Task RestartAsync()
    {
        await _broker.RestartAsync();
        _endpoint = Open();
    }

    /// <summary>Runs replays from now on; to be disposed of before the broker ends.</summary>
    public ReplayDispatcher StartReplays()
    {
        var replays = new ReplayDispatcher(_broker.Broker, NullLogger<ReplayDispatcher>.Instance);
        _endpoint.StartReplays(replays);
        return replays;
    }

    /// <summary>Runs pipes from now on; to be disposed of before the dispatcher ends.</summary>
    /// <param name="push">Through which enrichments are called.</param>
    public PipeRunner StartPipes(PushDispatcher push) => _endpoint.StartPipes(push, $"http://{Host}");

    /// <summary>Fires schedules from now on; to be disposed of before the broker ends.</summary>
    public ScheduleClock StartSchedules()
    {
        var clock = new ScheduleClock(_broker.Broker, ClockLog);
        _endpoint.StartSchedules(clock);
        return clock;
    }

    /// <summary>Calls endpoints, of this machine too, from now on; to be disposed of before the broker ends.</summary>
    public PushDispatcher StartPush()
    {
        var push = new PushDispatcher(
            _broker.Broker, new PushOptions { AllowLoopback = true }, _broker.Time, IdSource.FromSeed(2),
            NullLogger<PushDispatcher>.Instance);
        _endpoint.StartPush(push, $"http://{Host}");
        return push;
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [MemberNotNull(nameof(Authenticator))]
    private AwsEndpoint Open()
    {
        var ring = new KeyRing(_broker.Broker, _options.Keys, NullLogger<KeyRing>.Instance);
        Authenticator = new Authenticator(_options, ring, _broker.Time);
        return new AwsEndpoint(_broker.Broker, _options, Authenticator, Log);
    }
}
