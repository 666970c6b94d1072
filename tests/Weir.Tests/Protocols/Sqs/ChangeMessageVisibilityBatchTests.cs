using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ChangeMessageVisibilityBatchTests
{
    [Theory, OverBothWires]
    public async Task Each_entry_is_changed_or_fails_for_itself(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var body in (string[])["a", "b"]) await sqs.SendAsync(body);
        var handles = (await sqs.ReceiveAsync()).Select(message => message.Text("ReceiptHandle")!).ToArray();

        var answer = await sqs.OkAsync(wire, Batch(
            ("long", handles[0], 43_201), ("good", handles[0], 0), ("bad", "x", 0), ("also", handles[1], 0)));

        Assert.Equal(["good", "also"],
            answer.Items("Successful", "ChangeMessageVisibilityBatchResultEntry").Select(entry => entry.Text("Id")));
        Assert.Equal(
            [("long", "InvalidParameterValue"), ("bad", "ReceiptHandleIsInvalid")],
            answer.Items("Failed", "BatchResultErrorEntry").Select(entry => (entry.Text("Id"), entry.Text("Code"))));
        Assert.Equal(2, (await sqs.ReceiveAsync()).Count);
    }

    [Theory, OverBothWires]
    public async Task The_rules_for_a_batch_refuse_all_of_it(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        const string Prefix = "AWS.SimpleQueueService.";

        await sqs.RefusedAsync(wire, Batch(), Prefix + "EmptyBatchRequest");
        await sqs.RefusedAsync(
            wire, Batch([.. Enumerable.Range(0, 11).Select(i => ($"{i}", "x", 0))]),
            Prefix + "TooManyEntriesInBatchRequest");
        await sqs.RefusedAsync(wire, Batch(("a", "x", 0), ("a", "y", 0)), Prefix + "BatchEntryIdsNotDistinct");
    }

    private static SqsRequest Batch(params (string Id, string Handle, int Seconds)[] entries)
    {
        var request = new SqsRequest("ChangeMessageVisibilityBatch").Set("QueueUrl", TestSqs.OrdersUrl);
        foreach (var (id, handle, seconds) in entries)
        {
            _ = request.Item("Entries", "ChangeMessageVisibilityBatchRequestEntry",
                item => item.Set("Id", id).Set("ReceiptHandle", handle).Set("VisibilityTimeout", seconds));
        }

        return request;
    }
}
