using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ListQueueTagsTests
{
    [Theory, OverBothWires]
    public async Task A_queue_without_tags_answers_none(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var list = new SqsRequest("ListQueueTags").Set("QueueUrl", TestSqs.OrdersUrl);

        Assert.Empty((await sqs.OkAsync(wire, list)).Map("Tags", "Tag", "Key"));
        await sqs.RefusedAsync(
            wire, list.Set("QueueUrl", TestSqs.FifoUrl), "AWS.SimpleQueueService.NonExistentQueue");
    }
}
