using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class DeleteMessageBatchTests
{
    [Theory, OverBothWires]
    public async Task Each_entry_is_deleted_or_fails_for_itself(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var body in (string[])["a", "b"]) await sqs.SendAsync(body);
        var handles = (await sqs.ReceiveAsync()).Select(message => message.Text("ReceiptHandle")!).ToArray();

        var answer = await sqs.OkAsync(wire, Batch(("1", handles[0]), ("2", "wrong"), ("3", handles[1])));

        Assert.Equal(["1", "3"], answer.Items("Successful", "DeleteMessageBatchResultEntry").Select(e => e.Text("Id")));
        var failed = Assert.Single(answer.Items("Failed", "BatchResultErrorEntry"));
        Assert.Equal(("2", "ReceiptHandleIsInvalid", "true"), (
            failed.Text("Id"), failed.Text("Code"), failed.Text("SenderFault")));
        sqs.Broker.Time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task The_rules_for_a_batch_refuse_all_of_it(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        const string Prefix = "AWS.SimpleQueueService.";

        await sqs.RefusedAsync(wire, Batch(), Prefix + "EmptyBatchRequest");
        var tooMany = await sqs.RefusedAsync(
            wire, Batch([.. Enumerable.Range(0, 20).Select(i => ($"{i}", "x"))]),
            Prefix + "TooManyEntriesInBatchRequest");
        Assert.Equal("Maximum number of entries per request are 10. You have sent 20.", tooMany.Message);
        await sqs.RefusedAsync(wire, Batch(("a", "x"), ("a", "y")), Prefix + "BatchEntryIdsNotDistinct");
        await sqs.RefusedAsync(wire, Batch(("invalid:id", "x")), Prefix + "InvalidBatchEntryId");
        await sqs.RefusedAsync(wire, Batch(("a", "")), "MissingParameter");
    }

    private static SqsRequest Batch(params (string Id, string Handle)[] entries)
    {
        var request = new SqsRequest("DeleteMessageBatch").Set("QueueUrl", TestSqs.OrdersUrl);
        foreach (var (id, handle) in entries)
        {
            _ = request.Item("Entries", "DeleteMessageBatchRequestEntry",
                item => item.Set("Id", id).Set("ReceiptHandle", handle));
        }

        return request;
    }
}
