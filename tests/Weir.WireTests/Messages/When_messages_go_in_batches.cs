using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_messages_go_in_batches(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task Ten_are_sent_received_and_deleted_at_once(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("ten");
        string[] ids = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];

        var sent = await sqs.SendBatchAsync(queue, [.. ids.Select(id => Entry($"body {id}"))]);
        Assert.Equal(ids, sent.Ids("Successful"));
        Assert.Empty(sent.Ids("Failed"));
        foreach (var entry in sent["Successful"]!.AsArray())
            Assert.Equal(Checksum.OfText($"body {entry!["Id"]}"), (string?)entry["MD5OfMessageBody"]);

        var received = await sqs.ReceiveManyAsync(queue, 10);
        Assert.Equal(
            sent["Successful"]!.AsArray().Select(entry => (string?)entry!["MessageId"]).Order(StringComparer.Ordinal),
            received.Select(message => message.Id).Order(StringComparer.Ordinal));

        var deleted = await sqs.BatchAsync("DeleteMessageBatch", queue, [.. received.Select(Handle)]);
        Assert.Equal(ids, deleted.Ids("Successful"));
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task A_bad_entry_fails_and_the_others_are_sent(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("partly-sent");

        var answer = await sqs.SendBatchAsync(
            queue,
            Entry("good"),
            Entry("too late", new() { ["DelaySeconds"] = 901 }),
            Entry("bad type", new() { ["MessageAttributes"] = new JsonObject { ["a"] = Custom.Text("x", "Text") } }),
            Entry("with attribute", new() { ["MessageAttributes"] = new JsonObject { ["a"] = Custom.Number("1") } }));

        Assert.Equal(["0", "3"], answer.Ids("Successful"));
        Assert.Equal(["1", "2"], answer.Ids("Failed"));
        foreach (var failed in answer["Failed"]!.AsArray())
        {
            Assert.Equal("InvalidParameterValue", (string?)failed!["Code"]);
            Assert.True((bool)failed["SenderFault"]!);
            Assert.NotEmpty((string)failed["Message"]!);
        }
        Assert.Equal((2, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task A_bad_handle_fails_and_the_others_are_deleted(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("partly-deleted");
        await sqs.SendAsync(queue, "one");
        var message = await sqs.ReceiveOneAsync(queue);

        var answer = await sqs.BatchAsync(
            "DeleteMessageBatch", queue, Handle(message), new JsonObject { ["ReceiptHandle"] = "mangled" });

        Assert.Equal(["0"], answer.Ids("Successful"));
        var failed = Assert.Single(answer["Failed"]!.AsArray())!;
        Assert.Equal(SqsError.ReceiptHandleIsInvalid.Code, (string?)failed["Code"]);
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    [Theory, BothProtocols]
    public async Task Visibility_changes_one_by_one(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("partly-changed");
        await sqs.SendBatchAsync(queue, Entry("one"), Entry("two"));
        var messages = await sqs.ReceiveManyAsync(queue, 2);

        var answer = await sqs.BatchAsync(
            "ChangeMessageVisibilityBatch",
            queue,
            Handle(messages[0]).With(new() { ["VisibilityTimeout"] = 0 }),
            Handle(messages[1]).With(new() { ["VisibilityTimeout"] = 43_201 }));

        Assert.Equal(["0"], answer.Ids("Successful"));
        Assert.Equal(["1"], answer.Ids("Failed"));
        Assert.Equal((1, 1, 0), await sqs.CountersAsync(queue));
        Assert.Equal(messages[0].Id, (await sqs.ReceiveOneAsync(queue)).Id);
    }

    [Theory, BothProtocols]
    public async Task A_batch_that_is_none_is_refused_whole(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("no-batch");
        (SqsError Error, JsonObject[] Entries)[] bad =
        [
            (SqsError.EmptyBatchRequest, []),
            (SqsError.TooManyEntries, [.. Enumerable.Range(0, 11).Select(i => Entry("x", Id($"{i}")))]),
            (SqsError.BatchEntryIdsNotDistinct, [Entry("x", Id("same")), Entry("y", Id("same"))]),
            (SqsError.InvalidBatchEntryId, [Entry("x", Id("not an id"))]),
            (SqsError.InvalidBatchEntryId, [Entry("x", Id(new string('i', 81)))]),
        ];
        foreach (var (error, entries) in bad)
            await sqs.RefusesAsync(
                error, "SendMessageBatch", new() { ["QueueUrl"] = queue, ["Entries"] = new JsonArray([.. entries]) });
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    private static JsonObject Entry(string body, JsonObject? more = null) =>
        new JsonObject { ["MessageBody"] = body }.With(more);

    private static JsonObject Id(string id) => new() { ["Id"] = id };

    private static JsonObject Handle(Received message) => new() { ["ReceiptHandle"] = message.Handle };
}
