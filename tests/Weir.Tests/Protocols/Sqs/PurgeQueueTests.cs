using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class PurgeQueueTests
{
    [Theory, OverBothWires]
    public async Task It_empties_the_queue_but_not_twice_a_minute(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync("in flight");
        await sqs.ReceiveAsync();
        await sqs.SendAsync("waiting");
        var purge = new SqsRequest("PurgeQueue").Set("QueueUrl", TestSqs.OrdersUrl);

        await sqs.OkAsync(wire, purge);

        Assert.Equal("0", (await sqs.AttributesAsync())["ApproximateNumberOfMessages"]);
        Assert.Equal("0", (await sqs.AttributesAsync())["ApproximateNumberOfMessagesNotVisible"]);
        await sqs.RefusedAsync(wire, purge, "AWS.SimpleQueueService.PurgeQueueInProgress", 403);
        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(60));
        await sqs.OkAsync(wire, purge);
    }
}
