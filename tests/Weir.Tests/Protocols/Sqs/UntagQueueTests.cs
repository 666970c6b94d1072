using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class UntagQueueTests
{
    [Theory, OverBothWires]
    public async Task Tags_are_removed_by_key(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(wire, new SqsRequest("TagQueue").Set("QueueUrl", TestSqs.OrdersUrl)
            .Map("Tags", "Tag", "Key", "Value", ("a", "1"), ("b", "2")));

        await sqs.OkAsync(wire, new SqsRequest("UntagQueue").Set("QueueUrl", TestSqs.OrdersUrl)
            .Texts("TagKeys", "TagKey", "a", "unknown"));

        var tags = await sqs.OkAsync(wire, new SqsRequest("ListQueueTags").Set("QueueUrl", TestSqs.OrdersUrl));
        Assert.Equal(["b"], tags.Map("Tags", "Tag", "Key").Keys);
        await sqs.RefusedAsync(
            wire, new SqsRequest("UntagQueue").Set("QueueUrl", TestSqs.OrdersUrl), "MissingParameter");
    }
}
