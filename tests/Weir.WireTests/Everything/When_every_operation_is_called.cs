using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Everything;

/// <summary>One round of all 23 operations by each client, each seen in what it changes.</summary>
public sealed class When_every_operation_is_called(SharedServer server)
{
    // So many that a move of one a second still runs when the slowest client has come around to look.
    private const int Letters = 100;

    [Theory, EveryClient]
    public async Task Queues_are_made_described_shared_and_removed(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("round", ("VisibilityTimeout", "40"));

        var found = await sqs.CallAsync("GetQueueUrl", new() { ["QueueName"] = "round" });
        Assert.Equal(queue, (string?)found["QueueUrl"]);
        Assert.Contains("round", (await sqs.CallAsync("ListQueues", [])).QueueNames());
        await sqs.SetAsync(queue, ("VisibilityTimeout", "50"));
        Assert.Equal("50", (string?)(await sqs.AttributesAsync(queue))["VisibilityTimeout"]);

        JsonObject Of(JsonObject more) => new JsonObject { ["QueueUrl"] = queue }.With(more);
        await sqs.CallAsync("TagQueue", Of(new() { ["Tags"] = QueueCalls.Map(("team", "a"), ("stage", "b")) }));
        await sqs.CallAsync("UntagQueue", Of(new() { ["TagKeys"] = QueueCalls.Texts("stage") }));
        var tags = (await sqs.CallAsync("ListQueueTags", Of([])))["Tags"]!.AsObject();
        Assert.Equal("a", (string?)Assert.Single(tags).Value);

        await sqs.CallAsync("AddPermission", Of(new()
        {
            ["Label"] = "label",
            ["AWSAccountIds"] = QueueCalls.Texts("111122223333"),
            ["Actions"] = QueueCalls.Texts("SendMessage"),
        }));
        Assert.Contains("SendMessage", (string?)(await sqs.AttributesAsync(queue, "Policy"))["Policy"]);
        await sqs.CallAsync("RemovePermission", Of(new() { ["Label"] = "label" }));
        Assert.Null((await sqs.AttributesAsync(queue))["Policy"]);

        await sqs.SendAsync(queue, "purged");
        await sqs.CallAsync("PurgeQueue", Of([]));
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
        await sqs.CallAsync("DeleteQueue", Of([]));
        await sqs.RefusesAsync(SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = "round" });
    }

    [Theory, EveryClient]
    public async Task Messages_are_sent_received_kept_and_deleted(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("messages");

        await sqs.SendAsync(queue, "single");
        var single = await sqs.ReceiveOneAsync(queue);
        await sqs.ChangeVisibilityAsync(queue, single, 0);
        await sqs.DeleteAsync(queue, await sqs.ReceiveOneAsync(queue));

        await sqs.SendBatchAsync(
            queue, new JsonObject { ["MessageBody"] = "a" }, new JsonObject { ["MessageBody"] = "b" });
        var pair = await sqs.ReceiveManyAsync(queue, 2);
        JsonObject Handle(Received message) => new() { ["ReceiptHandle"] = message.Handle };
        var changed = await sqs.BatchAsync(
            "ChangeMessageVisibilityBatch",
            queue,
            [.. pair.Select(message => Handle(message).With(new() { ["VisibilityTimeout"] = 600 }))]);
        Assert.Equal(["0", "1"], changed.Ids("Successful"));
        var deleted = await sqs.BatchAsync("DeleteMessageBatch", queue, [.. pair.Select(Handle)]);
        Assert.Equal(["0", "1"], deleted.Ids("Successful"));
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, EveryClient]
    public async Task Dead_letters_are_listed_moved_and_the_move_is_cancelled(string client)
    {
        var sqs = server.Client(client, this);
        var helping = server.Client(ClientKinds.DotNet, sqs.Account);
        var dead = await helping.CreateAsync("dead");
        var source = await helping.CreateAsync(
            "source", ("RedrivePolicy", QueueCalls.Redrive(sqs.ArnOf(dead), 1)), ("VisibilityTimeout", "0"));
        var sources = await sqs.CallAsync("ListDeadLetterSourceQueues", new() { ["QueueUrl"] = dead });
        Assert.Equal(["source"], sources.QueueNames());
        for (var i = 0; i < Letters; i++) await helping.SendAsync(source, $"{i}");
        while ((await helping.CountersAsync(dead)).Visible < Letters) await helping.ReceiveAsync(source);

        var started = await sqs.CallAsync(
            "StartMessageMoveTask", new() { ["SourceArn"] = sqs.ArnOf(dead), ["MaxNumberOfMessagesPerSecond"] = 1 });
        var listed = await sqs.CallAsync(
            "ListMessageMoveTasks", new() { ["SourceArn"] = sqs.ArnOf(dead), ["MaxResults"] = 1 });
        var task = Assert.Single(listed["Results"]!.AsArray())!;
        var handle = (string?)started["TaskHandle"];
        Assert.Equal(("RUNNING", handle), ((string?)task["Status"], (string?)task["TaskHandle"]));
        var cancelled = await sqs.CallAsync("CancelMessageMoveTask", new() { ["TaskHandle"] = handle });
        Assert.InRange((int)cancelled["ApproximateNumberOfMessagesMoved"]!, 0, Letters - 1);
    }
}
