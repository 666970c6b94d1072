using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ChangeMessageVisibilityTests
{
    [Theory, OverBothWires]
    public async Task Zero_returns_the_message_at_once(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync("x");
        var handle = Assert.Single(await sqs.ReceiveAsync()).Text("ReceiptHandle")!;

        await sqs.OkAsync(wire, Change(handle, 0));

        Assert.Single(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task A_longer_timeout_holds_the_message(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync("x");
        var handle = Assert.Single(await sqs.ReceiveAsync()).Text("ReceiptHandle")!;

        await sqs.OkAsync(wire, Change(handle, 100));

        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(99));
        Assert.Empty(await sqs.ReceiveAsync());
        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await sqs.ReceiveAsync());
        await sqs.RefusedAsync(wire, Change(handle, 1), "AWS.SimpleQueueService.MessageNotInflight");
    }

    [Theory, OverBothWires]
    public async Task What_breaks_a_rule_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        await sqs.RefusedAsync(wire, Change("x", 1), "ReceiptHandleIsInvalid", 404);
        await sqs.RefusedAsync(wire, Change("x", -1), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Change("x", 43_201), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, new SqsRequest("ChangeMessageVisibility").Set("QueueUrl", TestSqs.OrdersUrl)
            .Set("ReceiptHandle", "x"), "MissingParameter");
    }

    private static SqsRequest Change(string handle, int seconds) => new SqsRequest("ChangeMessageVisibility")
        .Set("QueueUrl", TestSqs.OrdersUrl).Set("ReceiptHandle", handle).Set("VisibilityTimeout", seconds);
}
