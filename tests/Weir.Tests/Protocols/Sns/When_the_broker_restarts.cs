using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class When_the_broker_restarts
{
    [Fact]
    public async Task Topics_and_subscriptions_are_as_they_were()
    {
        await using var sns = new TestSns();
        await sns.OkAsync(new SnsRequest("CreateTopic").Set("Name", "news")
            .Attributes(("DisplayName", "N"), ("SignatureVersion", "2"), ("MaximumMessageSize", "2048"))
            .Tags(("team", "a")));
        await sns.CreateTopicAsync("news.fifo", ("FifoThroughputScope", "MessageGroup"));
        await sns.CreateTopicAsync("gone");
        await sns.OkAsync(new SnsRequest("DeleteTopic").Topic("gone"));
        var raw = await sns.AddQueueAsync("news", "inbox", ("RawMessageDelivery", "true"));
        var ended = await sns.AddQueueAsync("news", "other");
        await sns.OkAsync(new SnsRequest("Unsubscribe").Set("SubscriptionArn", ended));
        var (topic, fifo) = (await sns.AttributesAsync("news"), await sns.AttributesAsync("news.fifo"));
        var subscription = await sns.SubscriptionAsync(raw);

        await sns.Queues.RestartAsync();

        Assert.Equal(topic, await sns.AttributesAsync("news"));
        Assert.Equal(fifo, await sns.AttributesAsync("news.fifo"));
        Assert.Equal(subscription, await sns.SubscriptionAsync(raw));
        Assert.Equal(2, (await sns.OkAsync(new SnsRequest("ListTopics"))).Items("Topics").Count);
        Assert.Single((await sns.OkAsync(new SnsRequest("ListSubscriptions"))).Items("Subscriptions"));
        await sns.OkAsync(TestSns.Publish("news", "hello"));
        Assert.Equal("hello", Assert.Single(await sns.ReceiveAsync("inbox")).Text("Body"));
    }

    [Fact]
    public async Task Published_messages_and_sequence_numbers_go_on()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");
        await sns.AddQueueAsync("news.fifo", "inbox.fifo");
        var before = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));

        await sns.Queues.RestartAsync();

        var duplicate = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "one", id: "1"));
        var after = await sns.OkAsync(TestSns.PublishFifo("news.fifo", "two", id: "2"));
        Assert.Equal(before.Text("MessageId"), duplicate.Text("MessageId"));
        Assert.Equal(before.Text("SequenceNumber"), duplicate.Text("SequenceNumber"));
        Assert.True(string.CompareOrdinal(before.Text("SequenceNumber"), after.Text("SequenceNumber")) < 0);
        Assert.Equal(["one", "two"], await sns.MessagesAsync("inbox.fifo"));
    }
}
