using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class PublishBatchTests
{
    [Fact]
    public async Task Each_entry_is_accepted_or_refused_for_itself()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");

        var answer = await sns.OkAsync(Batch("news")
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "a").Set("Message", "one"))
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "b").Set("Message", ""))
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "c").Set("Message", "three")
                .Set("Subject", "S").Attribute("kind", "String", "last"))
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "d").Set("Message", "four")
                .Set("MessageDeduplicationId", "1")));

        Assert.Equal(["a", "c"], answer.Items("Successful").Select(one => one.Text("Id")));
        Assert.Equal(
            [("b", "InvalidParameter", "true"), ("d", "InvalidParameter", "true")],
            answer.Items("Failed").Select(one => (one.Text("Id"), one.Text("Code"), one.Text("SenderFault"))));
        Assert.All(answer.Items("Failed"), one => Assert.NotEmpty(one.Text("Message")!));
        var envelopes = (await sns.EnvelopesAsync("inbox"))
            .OrderBy(envelope => envelope["Message"]!.GetValue<string>(), StringComparer.Ordinal).ToList();
        Assert.Equal(["one", "three"], envelopes.Select(envelope => envelope["Message"]!.GetValue<string>()));
        Assert.Equal(
            answer.Items("Successful").Select(one => one.Text("MessageId")),
            envelopes.Select(envelope => envelope["MessageId"]!.GetValue<string>()));
        Assert.Equal("last", envelopes[1]["MessageAttributes"]!["kind"]!["Value"]!.GetValue<string>());
        Assert.Equal("S", envelopes[1]["Subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task All_entries_may_be_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        var answer = await sns.OkAsync(Entries("news", ("a", ""), ("b", "")));

        Assert.Empty(answer.Items("Successful"));
        Assert.Equal(2, answer.Items("Failed").Count);
    }

    [Fact]
    public async Task A_FIFO_topic_keeps_the_order_and_answers_sequence_numbers()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", ("ContentBasedDeduplication", "true"));
        await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        var request = Batch("news.fifo");
        string[] messages = ["c", "a", "b", "a"];
        foreach (var (i, message) in messages.Index())
        {
            _ = request.Item("PublishBatchRequestEntries", entry =>
                entry.Set("Id", $"{i}").Set("Message", message).Set("MessageGroupId", "g"));
        }

        var successful = (await sns.OkAsync(request)).Items("Successful");

        Assert.Equal(["c", "a", "b"], await sns.MessagesAsync("inbox.fifo"));
        Assert.Equal(successful[1].Text("SequenceNumber"), successful[3].Text("SequenceNumber"));
        Assert.Equal(successful[1].Text("MessageId"), successful[3].Text("MessageId"));
        var numbers = successful.Take(3).Select(one => one.Text("SequenceNumber")!).ToList();
        Assert.All(numbers, number => Assert.Equal(20, number.Length));
        Assert.Equal(numbers.Order(StringComparer.Ordinal).Distinct(), numbers);
    }

    [Fact]
    public async Task A_batch_that_breaks_a_rule_is_refused_whole()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        var eleven = Enumerable.Range(0, 11).Select(i => ($"{i}", "m")).ToArray();
        var half = new string('m', 131_072);

        await sns.RefusedAsync(Batch("news"), "EmptyBatchRequest");
        await sns.RefusedAsync(Entries("news", eleven), "TooManyEntriesInBatchRequest");
        await sns.RefusedAsync(Entries("news", ("a", "m"), ("a", "m")), "BatchEntryIdsNotDistinct");
        await sns.RefusedAsync(Entries("news", ("a b", "m")), "InvalidBatchEntryId");
        await sns.RefusedAsync(Entries("news", (new string('a', 81), "m")), "InvalidBatchEntryId");
        await sns.RefusedAsync(Entries("news", ("a", half), ("b", half + "m")), "BatchRequestTooLong");
        await sns.RefusedAsync(Entries("other", ("a", "m")), "NotFound", 404);
        await sns.RefusedAsync(Entries("news", ("", "m")));
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(Entries("news", ("a", "m")), "AuthorizationError", 403);

        sns.Queues.Caller = null;
        Assert.Empty(await sns.ReceiveAsync("inbox"));
        await sns.OkAsync(Entries("news", ("a", half), ("b", half)));
        await sns.OkAsync(Entries("news", eleven[1..]));
    }

    private static SnsRequest Batch(string topic) => new SnsRequest("PublishBatch").Topic(topic);

    private static SnsRequest Entries(string topic, params (string Id, string Message)[] entries)
    {
        var request = Batch(topic);
        foreach (var (id, message) in entries)
        {
            _ = request.Item(
                "PublishBatchRequestEntries", entry => entry.Set("Id", id).Set("Message", message));
        }

        return request;
    }
}
