using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class GetQueueUrlTests
{
    [Theory, OverBothWires]
    public async Task It_answers_the_url_of_a_queue_that_is_there(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        Assert.Equal(TestSqs.OrdersUrl, (await sqs.OkAsync(wire, Get("orders"))).Text("QueueUrl"));
        var mine = Get("orders").Set("QueueOwnerAWSAccountId", "000000000000");
        Assert.Equal(TestSqs.OrdersUrl, (await sqs.OkAsync(wire, mine)).Text("QueueUrl"));
        await sqs.RefusedAsync(wire, Get("other"), "AWS.SimpleQueueService.NonExistentQueue");
        await sqs.RefusedAsync(wire, Get("no name"), "AWS.SimpleQueueService.NonExistentQueue");
        await sqs.RefusedAsync(wire, Get("orders").Set("QueueOwnerAWSAccountId", "111111111111"), "AccessDenied", 403);
        await sqs.RefusedAsync(wire, new SqsRequest("GetQueueUrl"), "MissingParameter");
    }

    [Theory, OverBothWires]
    public async Task A_public_url_stands_before_the_account(Wire wire)
    {
        await using var sqs = new TestSqs(new() { PublicUrl = new Uri("https://broker.example/weir/") });
        await sqs.CreateAsync("orders");

        var url = (await sqs.OkAsync(wire, Get("orders"))).Text("QueueUrl")!;

        Assert.Equal("https://broker.example/weir/000000000000/orders", url);
        await sqs.SendAsync("x", url);
    }

    private static SqsRequest Get(string name) => new SqsRequest("GetQueueUrl").Set("QueueName", name);
}
