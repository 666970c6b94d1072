using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class TagQueueTests
{
    [Theory, OverBothWires]
    public async Task Tags_are_added_and_replaced(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(wire, Tag(("a", "1"), ("b", "2")));

        await sqs.OkAsync(wire, Tag(("b", "3"), ("c", "")));

        var tags = (await sqs.OkAsync(wire, new SqsRequest("ListQueueTags").Set("QueueUrl", TestSqs.OrdersUrl)))
            .Map("Tags", "Tag", "Key");
        Assert.Equal([("a", "1"), ("b", "3"), ("c", "")], tags.Select(pair => (pair.Key, pair.Value)).Order());
    }

    [Theory, OverBothWires]
    public async Task No_queue_has_more_than_fifty(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(wire, Tag([.. Enumerable.Range(0, 50).Select(i => ($"k{i}", "v"))]));

        await sqs.RefusedAsync(wire, Tag(("one", "more")), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Tag(("aws:x", "")), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, new SqsRequest("TagQueue").Set("QueueUrl", TestSqs.OrdersUrl), "MissingParameter");
    }

    private static SqsRequest Tag(params (string Key, string Value)[] tags) =>
        new SqsRequest("TagQueue").Set("QueueUrl", TestSqs.OrdersUrl).Map("Tags", "Tag", "Key", "Value", tags);
}
