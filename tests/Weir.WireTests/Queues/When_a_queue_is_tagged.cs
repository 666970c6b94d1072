using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_a_queue_is_tagged(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Tags_are_added_replaced_and_removed(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("tags");
        Assert.Empty(await TagsAsync(sqs, queue));

        await TagAsync(sqs, queue, ("team", "a"), ("stage", ""), ("naïve key", "välue = & +"));
        await TagAsync(sqs, queue, ("team", "b"));
        await sqs.CallAsync("UntagQueue", new()
        {
            ["QueueUrl"] = queue,
            ["TagKeys"] = QueueCalls.Texts("stage", "never set"),
        });

        var tags = await TagsAsync(sqs, queue);
        Assert.Equal(2, tags.Count);
        Assert.Equal("b", (string?)tags["team"]);
        Assert.Equal("välue = & +", (string?)tags["naïve key"]);
    }

    [Theory, BothProtocols]
    public async Task More_than_fifty_are_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("many-tags");
        await TagAsync(sqs, queue, [.. Enumerable.Range(0, 50).Select(i => ($"key-{i}", $"{i}"))]);

        await sqs.RefusesAsync(SqsError.InvalidParameterValue, "TagQueue", new()
        {
            ["QueueUrl"] = queue,
            ["Tags"] = QueueCalls.Map(("one-more", "51")),
        });

        Assert.Equal(50, (await TagsAsync(sqs, queue)).Count);
    }

    private static Task<JsonObject> TagAsync(SqsClient sqs, string queue, params (string Name, string Value)[] tags) =>
        sqs.CallAsync("TagQueue", new() { ["QueueUrl"] = queue, ["Tags"] = QueueCalls.Map(tags) });

    private static async Task<JsonObject> TagsAsync(SqsClient sqs, string queue) =>
        (await sqs.CallAsync("ListQueueTags", new() { ["QueueUrl"] = queue }))["Tags"] as JsonObject ?? [];
}
