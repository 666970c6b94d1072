using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class GetQueueAttributesTests
{
    private static readonly string[] Standard =
    [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp", "DelaySeconds", "LastModifiedTimestamp", "MaximumMessageSize", "MessageRetentionPeriod",
        "QueueArn", "ReceiveMessageWaitTimeSeconds", "SqsManagedSseEnabled", "VisibilityTimeout",
    ];

    [Theory, OverBothWires]
    public async Task All_are_those_that_the_kind_of_queue_has(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("orders.fifo");

        var standard = await ReadAsync(sqs, wire, TestSqs.OrdersUrl, "All");
        var fifo = await ReadAsync(sqs, wire, TestSqs.FifoUrl, "All");

        Assert.Equal(Standard, standard.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(TestSqs.OrdersArn, standard["QueueArn"]);
        Assert.Equal(("1048576", "345600", "30", "true"), (
            standard["MaximumMessageSize"], standard["MessageRetentionPeriod"], standard["VisibilityTimeout"],
            standard["SqsManagedSseEnabled"]));
        Assert.Equal("1767225600", standard["CreatedTimestamp"]);
        Assert.Equal(("true", "false", "queue", "perQueue"), (
            fifo["FifoQueue"], fifo["ContentBasedDeduplication"], fifo["DeduplicationScope"],
            fifo["FifoThroughputLimit"]));
    }

    [Theory, OverBothWires]
    public async Task Only_the_named_are_answered(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        Assert.Empty(await ReadAsync(sqs, wire, TestSqs.OrdersUrl));
        var two = await ReadAsync(sqs, wire, TestSqs.OrdersUrl, "QueueArn", "DelaySeconds", "FifoQueue");
        Assert.Equal(["DelaySeconds", "QueueArn"], two.Keys.Order());
        await sqs.RefusedAsync(wire, Get(TestSqs.OrdersUrl, "QueueArn", "Color"), "InvalidAttributeName");
        await sqs.RefusedAsync(wire, Get(TestSqs.FifoUrl, "All"), "AWS.SimpleQueueService.NonExistentQueue");
    }

    [Theory, OverBothWires]
    public async Task The_counts_are_those_of_the_moment(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var body in (string[])["a", "b", "c"]) await sqs.SendAsync(body);
        await sqs.ReceiveAsync(max: 1);
        await sqs.OkAsync(wire, new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl)
            .Set("MessageBody", "d").Set("DelaySeconds", 9));

        var attributes = await ReadAsync(sqs, wire, TestSqs.OrdersUrl, "All");

        Assert.Equal(("2", "1", "1"), (
            attributes["ApproximateNumberOfMessages"], attributes["ApproximateNumberOfMessagesNotVisible"],
            attributes["ApproximateNumberOfMessagesDelayed"]));
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        TestSqs sqs, Wire wire, string url, params string[] names) =>
        (await sqs.OkAsync(wire, Get(url, names))).Map("Attributes", "Attribute");

    private static SqsRequest Get(string url, params string[] names)
    {
        var request = new SqsRequest("GetQueueAttributes").Set("QueueUrl", url);
        return names.Length == 0 ? request : request.Texts("AttributeNames", "AttributeName", names);
    }
}
