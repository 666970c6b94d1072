using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Identity;

/// <summary>A tenant's quotas of what it has, as real clients meet them.</summary>
public sealed class When_a_tenant_has_all_that_it_may(SharedServer server)
{
    private static readonly SqsError Throttled = new("RequestThrottled", "RequestThrottled", 403);
    private static readonly SqsError OverLimit = new("OverLimit", "OverLimit", 403);
    private static readonly SqsError TopicLimit = new("TopicLimitExceededException", "TopicLimitExceeded", 403);

    [Theory, EveryClient]
    public async Task Messages_are_throttled_until_one_is_deleted(string client)
    {
        var sqs = Client(client);
        var queue = await sqs.CreateAsync("orders");
        await HoldAsync(sqs, new { messagesMax = 1 });
        var batch = await sqs.CallAsync("SendMessageBatch", new()
        {
            ["QueueUrl"] = queue,
            ["Entries"] = new JsonArray([.. Enumerable.Range(0, 2).Select(i => new JsonObject
            {
                ["Id"] = $"e{i}", ["MessageBody"] = $"m{i}",
            })]),
        });
        Assert.Single(batch["Successful"]!.AsArray());
        Assert.Equal("RequestThrottled", (string?)Assert.Single(batch["Failed"]!.AsArray())!["Code"]);
        var send = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = "one more" };
        var refused = await sqs.RefusesAsync(Throttled, "SendMessage", send);
        Assert.Contains("quota", refused.Reason, StringComparison.Ordinal);

        var received = await sqs.ReceiveOneAsync(queue);
        await sqs.CallAsync("DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = received.Handle });
        await sqs.SendAsync(queue, "one more");
        await HoldAsync(sqs, new { messagesMax = 2 });
        await sqs.SendAsync(queue, "another");
    }

    [Theory, EveryClient]
    public async Task No_more_queues_are_made_and_those_that_are_there_are_answered(string client)
    {
        var sqs = Client(client);
        await HoldAsync(sqs, new { queuesMax = 1 });
        var queue = await sqs.CreateAsync("first");

        await sqs.RefusesAsync(OverLimit, "CreateQueue", new() { ["QueueName"] = "second" });
        Assert.Equal(queue, await sqs.CreateAsync("first"));
        await sqs.CallAsync("DeleteQueue", new() { ["QueueUrl"] = queue });
        await sqs.CreateAsync("second");
    }

    [Theory, BothProtocols]
    public async Task Receives_are_over_the_limit_beyond_the_messages_in_flight(string client)
    {
        var sqs = Client(client);
        var queue = await sqs.CreateAsync("orders");
        await sqs.SendAsync(queue, "a");
        await sqs.SendAsync(queue, "b");
        await HoldAsync(sqs, new { inFlightMax = 1 });
        await sqs.ReceiveOneAsync(queue);

        await sqs.RefusesAsync(OverLimit, "ReceiveMessage", new() { ["QueueUrl"] = queue });
    }

    [Theory, EveryServiceClient]
    public async Task No_more_topics_are_made(string client)
    {
        var aws = Client(client);
        await HoldAsync(aws, new { topicsMax = 1 });
        await aws.CallAsync("sns.CreateTopic", new() { ["Name"] = "first" });

        await aws.RefusesAsync(TopicLimit, "sns.CreateTopic", new() { ["Name"] = "second" });
    }

    /// <summary>Each test has accounts of its own, since quotas are an account's.</summary>
    private SqsClient Client(string kind, [CallerMemberName] string test = "") =>
        server.Client(kind, Account.Of(nameof(When_a_tenant_has_all_that_it_may), test, kind));

    private async Task HoldAsync(SqsClient client, object quotas)
    {
        using var http = new HttpClient();
        using var answer = await http.PutAsJsonAsync(
            new Uri(server.Weir.Url, $"/_weir/admin/quotas/{client.Account}"), quotas);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
