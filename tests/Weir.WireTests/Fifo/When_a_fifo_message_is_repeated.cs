using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Fifo;

public sealed class When_a_fifo_message_is_repeated(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task By_its_deduplication_id_it_is_accepted_and_delivered_once(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("by-id.fifo");

        var first = await sqs.SendAsync(queue, "one", "group", "id-1");
        var second = await sqs.SendAsync(queue, "another body", "group", "id-1");

        Assert.Equal((string?)first["MessageId"], (string?)second["MessageId"]);
        Assert.Equal((string?)first["SequenceNumber"], (string?)second["SequenceNumber"]);
        Assert.Equal((1, 0, 0), await sqs.CountersAsync(queue));
        var received = await sqs.ReceiveOneAsync(queue);
        Assert.Equal(("one", "id-1"), (received.Text, received.System("MessageDeduplicationId")));
    }

    [Theory, BothProtocols]
    public async Task By_its_content_where_the_queue_says_so(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("by-content.fifo", ("ContentBasedDeduplication", "true"));

        await sqs.SendAsync(queue, "same", "group");
        await sqs.SendAsync(queue, "same", "group");
        await sqs.SendAsync(queue, "other", "group");
        await sqs.SendAsync(queue, "same", "group", "but-with-an-id-of-its-own");

        Assert.Equal(
            ["same", "other", "same"], (await sqs.ReceiveManyAsync(queue, 3)).Select(message => message.Text));
    }

    [Theory, BothProtocols]
    public async Task It_stays_a_repetition_after_the_first_was_deleted(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("after-delete.fifo");
        var first = await sqs.SendAsync(queue, "one", "group", "id-1");
        await sqs.DeleteAsync(queue, await sqs.ReceiveOneAsync(queue));

        var second = await sqs.SendAsync(queue, "one", "group", "id-1");

        Assert.Equal((string?)first["MessageId"], (string?)second["MessageId"]);
        await sqs.NothingIsReceivedAsync(queue);
    }

    [Theory, BothProtocols]
    public async Task With_the_queue_as_scope_the_group_does_not_matter(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync("scope-queue.fifo");

        await sqs.SendAsync(queue, "one", "group-a", "id-1");
        await sqs.SendAsync(queue, "one", "group-b", "id-1");

        Assert.Equal("group-a", (await sqs.ReceiveOneAsync(queue)).System("MessageGroupId"));
    }

    [Theory, BothProtocols]
    public async Task With_the_group_as_scope_each_group_has_its_own(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateFifoAsync(
            "scope-group.fifo", ("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId"));

        await sqs.SendAsync(queue, "one", "group-a", "id-1");
        await sqs.SendAsync(queue, "one", "group-b", "id-1");
        await sqs.SendAsync(queue, "one", "group-b", "id-1");

        var received = await sqs.ReceiveManyAsync(queue, 2);
        Assert.Equal(
            ["group-a", "group-b"],
            received.Select(message => message.System("MessageGroupId")).Order(StringComparer.Ordinal));
    }
}
