using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

/// <summary>Order, sequence numbers and deduplication of topics that keep them.</summary>
// https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html
public sealed class FifoTopicTests
{
    [Fact]
    public async Task Messages_keep_the_order_of_their_group()
    {
        await using var sns = await StartAsync();

        var numbers = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var answer = await sns.OkAsync(
                TestSns.PublishFifo("news.fifo", $"{i}", group: i % 2 == 0 ? "even" : "odd", id: $"{i}"));
            numbers.Add(answer.Text("SequenceNumber")!);
        }

        Assert.All(numbers, number => Assert.Equal(20, number.Length));
        Assert.Equal(numbers.Order(StringComparer.Ordinal).Distinct(), numbers);
        var messages = await sns.ReceiveAsync("inbox.fifo");
        Assert.Equal(["0", "2", "4"], InGroup(messages, "even"));
        Assert.Equal(["1", "3", "5"], InGroup(messages, "odd"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_envelope_has_the_number_that_was_answered(bool restarts)
    {
        await using var sns = await StartAsync();
        await sns.AddQueueAsync("news.fifo", "wrapped.fifo");
        await sns.AddQueueAsync("news.fifo", "standard");
        var first = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        var batch = await sns.OkAsync(new SnsRequest("PublishBatch").Topic("news.fifo")
            .Item("PublishBatchRequestEntries", entry => entry.Set("Id", "a").Set("Message", "two")
                .Set("MessageGroupId", "g").Set("MessageDeduplicationId", "2")));
        if (restarts) await sns.Queues.RestartAsync();

        var numbers = new[] { first.Text("SequenceNumber"), batch.Items("Successful")[0].Text("SequenceNumber") };
        var envelopes = await sns.EnvelopesAsync("wrapped.fifo");
        Assert.Equal(numbers, envelopes.Select(envelope => (string?)envelope["SequenceNumber"]));
        Assert.Equal(["Type", "MessageId", "SequenceNumber"], envelopes[0].Take(3).Select(field => field.Key));
        Assert.Equal(numbers, (await sns.EnvelopesAsync("standard"))
            .Select(envelope => (string?)envelope["SequenceNumber"]).Order(StringComparer.Ordinal));
        Assert.Equal(["one", "two"], Bodies(await sns.ReceiveAsync("inbox.fifo")));
    }

    [Fact]
    public async Task A_message_whose_id_came_before_is_answered_as_the_first_and_not_delivered()
    {
        await using var sns = await StartAsync();

        var first = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "x"));
        var again = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "two", group: "other", id: "x"));

        Assert.Equal(first.Text("MessageId"), again.Text("MessageId"));
        Assert.Equal(first.Text("SequenceNumber"), again.Text("SequenceNumber"));
        Assert.Equal(["one"], Bodies(await sns.ReceiveAsync("inbox.fifo")));
    }

    [Fact]
    public async Task A_queue_that_subscribes_later_does_not_get_a_duplicate()
    {
        await using var sns = await StartAsync();
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "x"));
        await sns.AddQueueAsync("news.fifo", "late.fifo");

        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "x"));

        Assert.Empty(await sns.ReceiveAsync("late.fifo"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_id_is_forgotten_after_five_minutes_and_not_before(bool restarts)
    {
        await using var sns = await StartAsync();
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "x"));
        if (restarts) await sns.Queues.RestartAsync();

        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(299));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "two", id: "x"));
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(2));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "three", id: "x"));

        Assert.Equal(["one", "three"], Bodies(await sns.ReceiveAsync("inbox.fifo")));
    }

    [Fact]
    public async Task Without_an_id_the_content_is_it_where_the_topic_says_so()
    {
        await using var sns = await StartAsync(("ContentBasedDeduplication", "true"));

        foreach (var message in (string[])["a", "b", "a"])
            await sns.OkAsync(TestSns.PublishFifo("news.fifo", message));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "a", id: "another"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "a").Attribute("k", "String", "attributes do not count"));

        Assert.Equal(["a", "b", "a"], Bodies(await sns.ReceiveAsync("inbox.fifo")));
    }

    [Fact]
    public async Task Ids_are_those_of_a_group_where_the_topic_says_so()
    {
        await using var sns = await StartAsync(("FifoThroughputScope", "MessageGroup"));
        await sns.Queues.CreateAsync(
            "grouped.fifo", ("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId"));
        await sns.SubscribeAsync("news.fifo", "grouped.fifo", ("RawMessageDelivery", "true"));

        var one = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "1", group: "a", id: "x"));
        var two = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "2", group: "b", id: "x"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "3", group: "a", id: "x"));

        Assert.NotEqual(one.Text("MessageId"), two.Text("MessageId"));
        Assert.Equal(["1", "2"], Bodies(await sns.ReceiveAsync("grouped.fifo")).Order(StringComparer.Ordinal));

        // This queue deduplicates over all groups, whatever the topic does.
        Assert.Equal(["1"], Bodies(await sns.ReceiveAsync("inbox.fifo")));
    }

    [Fact]
    public async Task A_change_of_the_scope_holds_from_then_on()
    {
        await using var sns = await StartAsync();
        await sns.Queues.CreateAsync("standard");
        await sns.SubscribeAsync("news.fifo", "standard", ("RawMessageDelivery", "true"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "1", group: "a", id: "x"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "2", group: "b", id: "x"));

        await sns.OkAsync(new SnsRequest("SetTopicAttributes").Topic("news.fifo")
            .Set("AttributeName", "FifoThroughputScope").Set("AttributeValue", "MessageGroup"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "3", group: "c", id: "y"));
        await sns.OkAsync(TestSns.PublishFifo("news.fifo", "4", group: "d", id: "y"));

        Assert.Equal(["1", "3", "4"], Bodies(await sns.ReceiveAsync("standard")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_has_no_group_or_no_id_is_refused()
    {
        await using var sns = await StartAsync();

        await sns.RefusedAsync(TestSns.Publish("news.fifo", "a").Set("MessageDeduplicationId", "x"));
        await sns.RefusedAsync(TestSns.PublishFifo("news.fifo", "a"));
        await sns.RefusedAsync(TestSns.PublishFifo("news.fifo", "a", id: ""));
        await sns.RefusedAsync(TestSns.PublishFifo("news.fifo", "a", id: new string('x', 129)));
        await sns.RefusedAsync(TestSns.PublishFifo("news.fifo", "a", group: "\u00e9", id: "x"));

        Assert.Empty(await sns.ReceiveAsync("inbox.fifo"));
    }

    private static async Task<TestSns> StartAsync(params (string Key, string Value)[] attributes)
    {
        var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", attributes);
        await sns.AddQueueAsync("news.fifo", "inbox.fifo", ("RawMessageDelivery", "true"));
        return sns;
    }

    private static IEnumerable<string> Bodies(IEnumerable<SqsAnswer> messages) =>
        messages.Select(message => message.Text("Body")!);

    private static IEnumerable<string> InGroup(IEnumerable<SqsAnswer> messages, string group) => Bodies(
        messages.Where(message => message.Map("Attributes", "Attribute")["MessageGroupId"] == group));
}
