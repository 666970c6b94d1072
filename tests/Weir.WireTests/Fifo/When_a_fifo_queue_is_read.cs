using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Fifo;

public sealed class When_a_fifo_queue_is_read(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task A_groups_messages_come_in_the_order_of_sending(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("order.fifo", ("ContentBasedDeduplication", "true"));
        string[] bodies = [.. Enumerable.Range(0, 10).Select(i => $"step {i}")];
        await sqs.SendBatchAsync(queue, [.. bodies[..5].Select(body => Entry(body, "group"))]);
        foreach (var body in bodies[5..]) await sqs.SendAsync(queue, body, "group");

        Assert.Equal(bodies, (await sqs.ReceiveManyAsync(queue, 10)).Select(message => message.Text));
    }

    [Theory, BothProtocols]
    public async Task A_group_with_a_message_in_flight_is_held_back_and_others_are_not(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("held.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "a1", "a");
        await sqs.SendAsync(queue, "a2", "a");
        await sqs.SendAsync(queue, "b1", "b");
        JsonObject one = new() { ["MaxNumberOfMessages"] = 1 };

        var first = Assert.Single(await sqs.ReceiveAsync(queue, more: one));
        var second = Assert.Single(await sqs.ReceiveAsync(queue, more: one));
        Assert.Equal(("a1", "b1"), (first.Text, second.Text));
        await sqs.NothingIsReceivedAsync(queue);

        await sqs.DeleteAsync(queue, first);
        Assert.Equal("a2", Assert.Single(await sqs.ReceiveAsync(queue)).Text);
    }

    [Theory, BothProtocols]
    public async Task A_message_that_failed_comes_again_before_those_behind_it(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("again.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "first", "group");
        await sqs.SendAsync(queue, "second", "group");
        var failed = Assert.Single(await sqs.ReceiveAsync(queue, more: new() { ["MaxNumberOfMessages"] = 1 }));

        await sqs.ChangeVisibilityAsync(queue, failed, 0);

        var again = await sqs.ReceiveManyAsync(queue, 2);
        Assert.Equal(["first", "second"], again.Select(message => message.Text));
        Assert.Equal([2, 1], again.Select(message => message.Count));
    }

    [Theory, BothProtocols]
    public async Task A_group_is_held_back_until_the_last_of_its_batch_is_done(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("half-done.fifo", ("ContentBasedDeduplication", "true"));
        string[] bodies = ["1", "2", "3", "4"];
        await sqs.SendBatchAsync(queue, [.. bodies.Select(body => Entry(body, "group"))]);
        var batch = await sqs.ReceiveAsync(queue, more: new() { ["MaxNumberOfMessages"] = 3 });
        Assert.Equal(["1", "2", "3"], batch.Select(message => message.Text));

        await sqs.DeleteAsync(queue, batch[0]);
        await sqs.NothingIsReceivedAsync(queue);
        await sqs.ChangeVisibilityAsync(queue, batch[1], 0);
        await sqs.NothingIsReceivedAsync(queue);
        await sqs.DeleteAsync(queue, batch[2]);

        Assert.Equal(["2", "4"], (await sqs.ReceiveManyAsync(queue, 2)).Select(message => message.Text));
    }

    [Theory, BothProtocols]
    public async Task Sequence_numbers_have_twenty_digits_and_rise(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("sequence.fifo", ("ContentBasedDeduplication", "true"));
        var sent = new List<string>();
        for (var i = 0; i < 3; i++)
            sent.Add((string)(await sqs.SendAsync(queue, $"step {i}", "group"))["SequenceNumber"]!);
        var batch = await sqs.SendBatchAsync(queue, Entry("step 3", "group"), Entry("step 4", "group"));
        sent.AddRange(batch["Successful"]!.AsArray().Select(entry => (string)entry!["SequenceNumber"]!));

        Assert.All(sent, number => Assert.Matches("^[0-9]{20}$", number));
        Assert.Equal(sent.Distinct().Order(StringComparer.Ordinal), sent);
        var received = await sqs.ReceiveManyAsync(queue, 5);
        Assert.Equal(sent, received.Select(message => message.System("SequenceNumber")));
        Assert.All(received, message => Assert.Equal("group", message.System("MessageGroupId")));
    }

    [Theory, BothProtocols]
    public async Task The_queues_delay_holds_and_order_stays(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync(
            "delayed.fifo", ("ContentBasedDeduplication", "true"), ("DelaySeconds", "1"));
        await sqs.SendBatchAsync(queue, Entry("first", "group"), Entry("second", "group"));

        var received = await sqs.ReceiveManyAsync(queue, 2);

        Assert.Equal(["first", "second"], received.Select(message => message.Text));
    }

    [Theory, BothProtocols]
    public async Task A_waiting_receive_gets_the_group_that_becomes_free(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("freed.fifo", ("ContentBasedDeduplication", "true"));
        await sqs.SendAsync(queue, "first", "group");
        await sqs.SendAsync(queue, "second", "group");
        var first = Assert.Single(await sqs.ReceiveAsync(queue, more: new() { ["MaxNumberOfMessages"] = 1 }));
        var waiting = sqs.ReceiveAsync(queue, MessageCalls.LongestWait);

        await sqs.DeleteAsync(queue, first);

        Assert.Equal("second", Assert.Single(await waiting).Text);
    }

    private static JsonObject Entry(string body, string group) =>
        new() { ["MessageBody"] = body, ["MessageGroupId"] = group };
}
