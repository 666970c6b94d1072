using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;
using Weir.Server.Telemetry;
using Xunit;

namespace Weir.Tests.Server.Telemetry;

public sealed class MetricsTests
{
    [Fact]
    public async Task The_metrics_agree_with_the_attributes_of_the_queue()
    {
        await using var server = await RunningServer.StartAsync();
        using var sqs = server.Sqs();
        var url = await CreateAsync(sqs, "orders");
        for (var i = 0; i < 7; i++) await SendAsync(sqs, url, i < 2 ? 900 : 0);
        var received = await sqs.CallAsync(
            "ReceiveMessage", new JsonObject { ["QueueUrl"] = url, ["MaxNumberOfMessages"] = 3 }, default);
        var messages = received["Messages"]!.AsArray();
        await sqs.CallAsync("DeleteMessage", new JsonObject
        {
            ["QueueUrl"] = url, ["ReceiptHandle"] = $"{messages[0]!["ReceiptHandle"]}",
        }, default);

        var samples = await ScrapeAsync(server);
        var attributes = (await sqs.CallAsync("GetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("All"),
        }, default))["Attributes"]!;

        Assert.Equal($"{attributes["ApproximateNumberOfMessages"]}", $"{State("visible")}");
        Assert.Equal($"{attributes["ApproximateNumberOfMessagesNotVisible"]}", $"{State("in_flight")}");
        Assert.Equal($"{attributes["ApproximateNumberOfMessagesDelayed"]}", $"{State("delayed")}");
        Assert.Equal(7, Value(samples, "messaging_client_sent_messages_total", "orders"));
        Assert.Equal(messages.Count, Value(samples, "messaging_client_consumed_messages_total", "orders"));
        Assert.Equal(1, Value(samples, "weir_queue_deleted_messages_total", "orders"));
        Assert.Equal(messages.Count, Value(samples, "weir_queue_dwell_seconds_count", "orders"));
        Assert.Equal(7, samples.Single(one => one.Name == "weir_tenant_sent_messages_total").Value);

        double State(string state) => samples.Single(one => one.Name == "weir_queue_messages"
            && one.Labels["messaging_destination_name"] == "orders" && one.Labels["state"] == state).Value;
    }

    [Fact]
    public async Task A_thousand_queues_have_as_many_series_as_are_let_and_a_sum()
    {
        await using var server = await RunningServer.StartAsync(options => options with { MetricsQueuesMax = 10 });
        using var sqs = server.Sqs();
        for (var i = 0; i < 1_000; i++) await CreateAsync(sqs, $"queue-{i}");
        for (var i = 100; i < 120; i++)
            await SendAsync(sqs, $"{server.Server.Endpoint}/000000000000/queue-{i}", delay: 0);

        var samples = await ScrapeAsync(server);

        var sent = samples.Where(one => one.Name == "messaging_client_sent_messages_total").ToList();
        Assert.Equal(10 + 1, sent.Count);
        Assert.Equal(20, sent.Sum(one => one.Value));
        Assert.Equal(10, sent.Single(one => one.Labels["messaging_destination_name"] == QueueMetrics.Other).Value);
        Assert.Equal(1_000, samples.Single(one => one.Name == "weir_tenant_queues").Value);
    }

    [Fact]
    public async Task Tenants_are_bounded_too()
    {
        await using var server = await RunningServer.StartAsync(options => options with { MetricsTenantsMax = 3 });
        for (var i = 0; i < 8; i++)
        {
            using var sqs = server.Sqs($"00000000000{i}");
            await SendAsync(sqs, await CreateAsync(sqs, "orders"), delay: 0);
        }

        var sent = (await ScrapeAsync(server)).Where(one => one.Name == "weir_tenant_sent_messages_total").ToList();

        Assert.Equal(3 + 1, sent.Count);
        Assert.Equal(8, sent.Sum(one => one.Value));
    }

    [Fact]
    public async Task Quotas_show_what_is_left_what_was_refused_and_which_hold_a_tenant_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var sqs = server.Sqs();
        var url = await CreateAsync(sqs, "orders");
        await server.Http.PutAsJsonAsync(
            "/_weir/admin/quotas/default", new { messagesMax = 4, queuesMax = 1, webhookConcurrencyMax = 5 });
        await SendAsync(sqs, url, delay: 0);
        await SendAsync(sqs, url, delay: 0);
        await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync(sqs, "second"));

        var samples = await ScrapeAsync(server);
        Assert.Equal((0.5, 0, 1), (
            Of("weir_tenant_quota_headroom_ratio", "quota", "messages"),
            Of("weir_tenant_quota_headroom_ratio", "quota", "queues"),
            Of("weir_tenant_quota_headroom_ratio", "quota", "webhook_concurrency")));
        Assert.Equal((0, 1), (
            Of("weir_tenant_throttled_requests_total", "cause", "messages"),
            Of("weir_tenant_throttled_requests_total", "cause", "queues")));
        Assert.Equal((0, 1), (
            Of("weir_tenant_quota_held", "quota", "messages"), Of("weir_tenant_quota_held", "quota", "queues")));

        double Of(string name, string tag, string quota) =>
            samples.Single(one => one.Name == name && one.Labels[tag] == quota).Value;
    }

    [Fact]
    public async Task Only_get_is_answered()
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Http.PostAsync(MetricsAnswer.Path, content: null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private static async Task<IReadOnlyList<PrometheusSample>> ScrapeAsync(RunningServer server)
    {
        using var answer = await server.Http.GetAsync(MetricsAnswer.Path);
        Assert.Equal(PrometheusWriter.ContentType, answer.Content.Headers.ContentType!.ToString());
        return PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
    }

    private static double Value(IReadOnlyList<PrometheusSample> samples, string name, string queue) =>
        samples.Single(one => one.Name == name && one.Labels["messaging_destination_name"] == queue).Value;

    private static async Task<string> CreateAsync(SqsClient sqs, string name) =>
        $"{(await sqs.CallAsync("CreateQueue", new JsonObject { ["QueueName"] = name }, default))["QueueUrl"]}";

    private static Task<JsonObject> SendAsync(SqsClient sqs, string url, int delay) => sqs.CallAsync(
        "SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x", ["DelaySeconds"] = delay }, default);
}
