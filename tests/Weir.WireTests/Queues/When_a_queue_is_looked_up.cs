using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_a_queue_is_looked_up(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Its_url_is_found_by_name(string client)
    {
        var sqs = server.Client(client, this);
        var url = await sqs.CreateAsync("known");

        var answer = await sqs.CallAsync("GetQueueUrl", new() { ["QueueName"] = "known" });

        Assert.Equal(url, (string?)answer["QueueUrl"]);
    }

    [Theory, BothProtocols]
    public async Task The_owners_account_may_be_named(string client)
    {
        var sqs = server.Client(client, this);
        var url = await sqs.CreateAsync("owned");

        var answer = await sqs.CallAsync(
            "GetQueueUrl", new() { ["QueueName"] = "owned", ["QueueOwnerAWSAccountId"] = sqs.Account });

        Assert.Equal(url, (string?)answer["QueueUrl"]);
    }

    [Theory, BothProtocols]
    public async Task A_name_that_was_never_created_is_unknown(string client)
    {
        var sqs = server.Client(client, this);
        await sqs.CreateAsync("Cased");

        foreach (var name in new[] { "never-created", "cased" })
            await sqs.RefusesAsync(SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = name });
    }

    [Theory, BothProtocols]
    public async Task Every_operation_on_an_unknown_queue_says_so(string client)
    {
        var sqs = server.Client(client, this);
        var url = $"{server.Weir.Url}{sqs.Account}/never-created";
        foreach (var (operation, more) in Operations())
        {
            more["QueueUrl"] = url;
            await sqs.RefusesAsync(SqsError.QueueDoesNotExist, operation, more);
        }
    }

    private static Dictionary<string, JsonObject> Operations() => new()
    {
        ["SendMessage"] = new() { ["MessageBody"] = "lost" },
        ["SendMessageBatch"] = new() { ["Entries"] = Entries(new() { ["Id"] = "a", ["MessageBody"] = "lost" }) },
        ["ReceiveMessage"] = [],
        ["DeleteQueue"] = [],
        ["PurgeQueue"] = [],
        ["GetQueueAttributes"] = new() { ["AttributeNames"] = QueueCalls.Texts("All") },
        ["SetQueueAttributes"] = new() { ["Attributes"] = QueueCalls.Map(("DelaySeconds", "1")) },
        ["ListQueueTags"] = [],
        ["TagQueue"] = new() { ["Tags"] = QueueCalls.Map(("team", "none")) },
        ["UntagQueue"] = new() { ["TagKeys"] = QueueCalls.Texts("team") },
        ["ListDeadLetterSourceQueues"] = [],
    };

    private static JsonArray Entries(JsonObject entry) => [entry];
}
