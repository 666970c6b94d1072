using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ListDeadLetterSourceQueuesTests
{
    [Theory, OverBothWires]
    public async Task It_lists_the_queues_that_name_it(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var list = new SqsRequest("ListDeadLetterSourceQueues").Set("QueueUrl", TestSqs.OrdersUrl);
        Assert.Empty((await sqs.OkAsync(wire, list)).Texts("queueUrls", "QueueUrl"));
        var redrive = $$"""{"deadLetterTargetArn":"{{TestSqs.OrdersArn}}","maxReceiveCount":2}""";
        foreach (var name in (string[])["a", "b", "c"]) await sqs.CreateAsync(name, ("RedrivePolicy", redrive));

        Assert.Equal(3, (await sqs.OkAsync(wire, list)).Texts("queueUrls", "QueueUrl").Count);
        var first = await sqs.OkAsync(wire, list.Set("MaxResults", 2));
        Assert.Equal(2, first.Texts("queueUrls", "QueueUrl").Count);
        var second = await sqs.OkAsync(wire, list.Set("NextToken", first.Text("NextToken")!));
        Assert.EndsWith("/c", Assert.Single(second.Texts("queueUrls", "QueueUrl")), StringComparison.Ordinal);
    }
}
