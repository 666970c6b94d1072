using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class SendMessageBatchTests
{
    [Theory, OverBothWires]
    public async Task Each_entry_is_answered_by_its_id(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var answer = await sqs.OkAsync(wire, Batch(("a", "one"), ("b", "two"))
            .Item("Entries", "SendMessageBatchRequestEntry", item => item.Set("Id", "c").Set("MessageBody", "three")
                .Attribute("Foo", "String", "Bar")));

        var sent = answer.Items("Successful", "SendMessageBatchResultEntry");
        Assert.Equal(["a", "b", "c"], sent.Select(entry => entry.Text("Id")));
        Assert.Equal("f97c5d29941bfb1b2fdab0874906ab82", sent[0].Text("MD5OfMessageBody"));
        Assert.Equal("ae7155c6026991b6d54b11589678bf9c", sent[2].Text("MD5OfMessageAttributes"));
        Assert.Empty(answer.Items("Failed", "BatchResultErrorEntry"));
        Assert.Equal(["one", "three", "two"], (await sqs.ReceiveAsync()).Select(m => m.Text("Body")).Order());
    }

    [Theory, OverBothWires]
    public async Task What_is_wrong_with_an_entry_fails_that_entry(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("MaximumMessageSize", "1024"));

        var tooLong = new string('x', 1025);
        var answer = await sqs.OkAsync(wire, Batch(("good", "x"), ("control", "a\u0001"), ("long", tooLong))
            .Item("Entries", "SendMessageBatchRequestEntry", item => item.Set("Id", "late").Set("MessageBody", "x")
                .Set("DelaySeconds", 901)));

        Assert.Equal("good", Assert.Single(answer.Items("Successful", "SendMessageBatchResultEntry")).Text("Id"));
        var failed = answer.Items("Failed", "BatchResultErrorEntry");
        Assert.Equal(["control", "long", "late"], failed.Select(entry => entry.Text("Id")));
        Assert.Equal("InvalidMessageContents", failed[0].Text("Code"));
        Assert.All(failed, entry => Assert.Equal("true", entry.Text("SenderFault")));
        Assert.Single(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task The_rules_for_a_batch_refuse_all_of_it(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("orders.fifo");
        const string Prefix = "AWS.SimpleQueueService.";

        await sqs.RefusedAsync(wire, Batch(), Prefix + "EmptyBatchRequest");
        await sqs.RefusedAsync(
            wire, Batch([.. Enumerable.Range(0, 11).Select(i => ($"{i}", "x"))]),
            Prefix + "TooManyEntriesInBatchRequest");
        await sqs.RefusedAsync(wire, Batch(("a", "x"), ("a", "y")), Prefix + "BatchEntryIdsNotDistinct");
        await sqs.RefusedAsync(wire, Batch(("a", "x"), ("a b", "y")), Prefix + "InvalidBatchEntryId");
        await sqs.RefusedAsync(wire, Batch(("a", "x"), ("", "y")), Prefix + "InvalidBatchEntryId");
        await sqs.RefusedAsync(wire, Batch((new string('a', 81), "y")), Prefix + "InvalidBatchEntryId");
        await sqs.RefusedAsync(wire, Batch(("a", "x"), ("b", "")), "MissingParameter");
        var half = new string('x', 524_289);
        var tooLong = await sqs.RefusedAsync(wire, Batch(("a", half), ("b", half)), Prefix + "BatchRequestTooLong");
        Assert.Equal(
            "Batch requests cannot be longer than 1048576 bytes. You have sent 1048578 bytes.", tooLong.Message);
        await sqs.RefusedAsync(wire, Batch(("a", "x")).Set("QueueUrl", TestSqs.FifoUrl), "InvalidParameterValue");
        Assert.Empty(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task A_fifo_batch_keeps_its_order(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders.fifo");
        var request = new SqsRequest("SendMessageBatch").Set("QueueUrl", TestSqs.FifoUrl);
        foreach (var id in Enumerable.Range(0, 10))
        {
            _ = request.Item("Entries", "SendMessageBatchRequestEntry", item => item.Set("Id", $"{id}")
                .Set("MessageBody", $"{id}").Set("MessageGroupId", "g").Set("MessageDeduplicationId", $"{id}"));
        }

        var answer = await sqs.OkAsync(wire, request);

        var sequences = answer.Items("Successful", "SendMessageBatchResultEntry").Select(e => e.Text("SequenceNumber"));
        Assert.Equal(sequences.Order(StringComparer.Ordinal), sequences);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(id => $"{id}"),
            (await sqs.ReceiveAsync(TestSqs.FifoUrl)).Select(message => message.Text("Body")));
    }

    private static SqsRequest Batch(params (string Id, string Body)[] entries)
    {
        var request = new SqsRequest("SendMessageBatch").Set("QueueUrl", TestSqs.OrdersUrl);
        foreach (var (id, body) in entries)
        {
            _ = request.Item("Entries", "SendMessageBatchRequestEntry",
                item => item.Set("Id", id).Set("MessageBody", body));
        }

        return request;
    }
}
