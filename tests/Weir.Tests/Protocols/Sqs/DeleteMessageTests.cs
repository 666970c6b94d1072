using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class DeleteMessageTests
{
    [Theory, OverBothWires]
    public async Task A_deleted_message_does_not_come_back(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync("x");
        var handle = Assert.Single(await sqs.ReceiveAsync()).Text("ReceiptHandle")!;

        await sqs.OkAsync(wire, Delete(handle));
        await sqs.OkAsync(wire, Delete(handle));

        sqs.Broker.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task A_handle_that_is_none_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var handle in (string[])["x", new string('!', 32), new string('a', 32), new string('ä', 32), "a b"])
            await sqs.RefusedAsync(wire, Delete(handle), "ReceiptHandleIsInvalid", 404);
        await sqs.RefusedAsync(wire, Delete(""), "MissingParameter");
        await sqs.RefusedAsync(wire, Delete("x").Set("QueueUrl", TestSqs.FifoUrl),
            "AWS.SimpleQueueService.NonExistentQueue");
    }

    [Theory, OverBothWires]
    public async Task A_fifo_handle_expires(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders.fifo");
        await sqs.SendFifoAsync("x");
        var handle = Assert.Single(await sqs.ReceiveAsync(TestSqs.FifoUrl)).Text("ReceiptHandle")!;
        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(31));

        var answer = await sqs.RefusedAsync(
            wire, Delete(handle).Set("QueueUrl", TestSqs.FifoUrl), "InvalidParameterValue");

        Assert.Contains("The receipt handle has expired.", answer.Message, StringComparison.Ordinal);
    }

    private static SqsRequest Delete(string handle) =>
        new SqsRequest("DeleteMessage").Set("QueueUrl", TestSqs.OrdersUrl).Set("ReceiptHandle", handle);
}
