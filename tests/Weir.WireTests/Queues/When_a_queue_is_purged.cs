using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_a_queue_is_purged(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task All_its_messages_are_gone(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("purged");
        await sqs.SendAsync(queue, "in flight");
        var leased = await sqs.ReceiveOneAsync(queue);
        await sqs.SendAsync(queue, "waiting");
        await sqs.SendAsync(queue, "delayed", new() { ["DelaySeconds"] = 900 });

        await sqs.CallAsync("PurgeQueue", new() { ["QueueUrl"] = queue });

        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
        await sqs.DeleteAsync(queue, leased);
        await sqs.SendAsync(queue, "after");
        Assert.Equal("after", (await sqs.ReceiveOneAsync(queue)).Text);
    }

    [Theory, BothProtocols]
    public async Task A_second_purge_within_a_minute_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("purged-twice");
        await sqs.CallAsync("PurgeQueue", new() { ["QueueUrl"] = queue });

        await sqs.RefusesAsync(SqsError.PurgeQueueInProgress, "PurgeQueue", new() { ["QueueUrl"] = queue });
    }
}
