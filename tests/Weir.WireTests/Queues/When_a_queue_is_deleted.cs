using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_a_queue_is_deleted(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task It_is_gone_at_once(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("short-lived");
        await sqs.SendAsync(queue, "forgotten");

        await sqs.CallAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        await sqs.RefusesAsync(SqsError.QueueDoesNotExist, "GetQueueUrl", new() { ["QueueName"] = "short-lived" });
        await sqs.RefusesAsync(SqsError.QueueDoesNotExist, "ReceiveMessage", new() { ["QueueUrl"] = queue });
        Assert.DoesNotContain("short-lived", (await sqs.CallAsync("ListQueues", [])).QueueNames());
    }

    [Theory, BothProtocols]
    public async Task Its_name_gives_a_new_and_empty_queue(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("reborn", ("VisibilityTimeout", "77"));
        await sqs.SendAsync(queue, "of the first life");
        await sqs.CallAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        queue = await sqs.CreateAsync("reborn");

        Assert.Equal("30", (string?)(await sqs.AttributesAsync(queue))["VisibilityTimeout"]);
        await sqs.NothingIsReceivedAsync(queue);
    }

    [Theory, BothProtocols]
    public async Task A_receive_that_waits_on_it_ends_at_once(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("waited-for");
        var waiting = sqs.ReceiveAsync(queue, MessageCalls.LongestWait);

        await sqs.CallAsync("DeleteQueue", new() { ["QueueUrl"] = queue });

        var refusal = await Assert.ThrowsAsync<SqsRefusedException>(() => waiting);
        Assert.Equal(SqsError.QueueDoesNotExist.Code, refusal.Code);
    }
}
