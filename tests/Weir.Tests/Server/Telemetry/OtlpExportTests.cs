using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Server.Options;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Server.Telemetry;

/// <remarks>Spans and instruments belong to the process: other tests' servers of it are seen here, too, so each test
/// looks for names and a trace of its own.</remarks>
public sealed class OtlpExportTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Traceparent = $"00-{TraceId}-00f067aa0ba902b7-01";

    [Fact]
    public async Task Metrics_and_logs_arrive_at_the_collector()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using (var server = await StartAsync(collector))
        {
            var queue = await CreateAsync(server, "counted-by-otlp");
            for (var i = 0; i < 3; i++) await SendAsync(server, queue, traceparent: null);
        }

        var sent = collector.Items("/v1/metrics").Last(metric =>
            metric.Text(1) == "messaging.client.sent.messages" && Points(metric).Any(IsOurs));
        Assert.Equal(3, Points(sent).Single(IsOurs).Fixed64(6));
        Assert.Contains(
            collector.Items("/v1/logs"),
            log => log.All(5).Single().Text(1).StartsWith("Stopped", StringComparison.Ordinal));

        static IEnumerable<ProtobufFields> Points(ProtobufFields metric) => metric.All(7).SelectMany(sum => sum.All(1));

        static bool IsOurs(ProtobufFields point) => point.All(7).Any(attribute =>
            attribute.Text(1) == "messaging.destination.name"
            && attribute.All(2).Single().Text(1) == "counted-by-otlp");
    }

    [Fact]
    public async Task A_trace_goes_from_the_producer_through_to_the_webhook()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var webhook = await HttpReceiver.StartAsync();
        var called = Called(webhook);
        await using (var server = await StartAsync(collector))
        {
            var queue = await CreateAsync(server, "traced");
            await HookAsync(server, webhook);
            await SendAsync(server, queue, Traceparent);
            await called;
        }

        var passedOn = webhook.Arrived.Single().Headers["traceparent"];
        Assert.Equal(TraceId, passedOn.Split('-')[1]);
        var ours = collector.Items("/v1/traces").Where(span => span.Hex(1) == TraceId).ToList();
        var request = ours.Single(span => span.Text(5) == "AmazonSQS.SendMessage");
        Assert.Equal("00f067aa0ba902b7", request.Hex(4));
        Assert.Equal(request.Hex(2), ours.Single(span => span.Text(5) == "send traced").Hex(4));
        var push = ours.Single(span => span.Text(5) == "push 127.0.0.1");
        Assert.Equal(push.Hex(2), passedOn.Split('-')[2]);
    }

    [Fact]
    public async Task Without_a_collector_the_context_goes_along_all_the_same()
    {
        await using var webhook = await HttpReceiver.StartAsync();
        var called = Called(webhook);
        await using var server = await RunningServer.StartAsync();
        var queue = await CreateAsync(server, "traced");
        await HookAsync(server, webhook);
        await SendAsync(server, queue, Traceparent);
        await called;

        Assert.Equal(TraceId, webhook.Arrived.Single().Headers["traceparent"].Split('-')[1]);
    }

    [Fact]
    public async Task The_context_of_the_request_is_the_messages_trace_header()
    {
        await using var server = await RunningServer.StartAsync();
        using var sqs = server.Sqs();
        var queue = await CreateAsync(server, "traced");
        await SendAsync(server, queue, Traceparent);

        var received = await sqs.CallAsync("ReceiveMessage", new JsonObject
        {
            ["QueueUrl"] = queue, ["MessageSystemAttributeNames"] = new JsonArray("AWSTraceHeader"),
        }, default);

        Assert.Equal(
            "Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1",
            $"{received["Messages"]![0]!["Attributes"]!["AWSTraceHeader"]}");
    }

    private static Task<RunningServer> StartAsync(OtlpReceiver collector) => RunningServer.StartAsync(
        options => options with { Telemetry = new TelemetryOptions { Endpoint = collector.Address } });

    private static Task Called(HttpReceiver webhook)
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        webhook.Answer = (_, _) =>
        {
            called.TrySetResult();
            return Task.CompletedTask;
        };
        return called.Task;
    }

    private static async Task HookAsync(RunningServer server, HttpReceiver webhook)
    {
        using var made = await server.Http.PutAsJsonAsync(
            "/_weir/webhooks/hook", new { queue = "traced", url = webhook.Address });
        made.EnsureSuccessStatusCode();
    }

    private static async Task<string> CreateAsync(RunningServer server, string name)
    {
        using var sqs = server.Sqs();
        return $"{(await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = name }, default))["QueueUrl"]}";
    }

    private static async Task SendAsync(RunningServer server, string queue, string? traceparent)
    {
        var message = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = "x" };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessage");
        if (traceparent is not null) request.Headers.Add("traceparent", traceparent);
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
