using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class DeleteTopicTests
{
    [Theory]
    [InlineData("news", "inbox")]
    [InlineData("news.fifo", "inbox.fifo")]
    public async Task The_topic_and_its_subscriptions_are_gone_and_the_name_is_free(string topic, string queue)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync(topic);
        var subscription = await sns.AddQueueAsync(topic, queue);

        Assert.False((await sns.OkAsync(Delete(topic))).HasResult);

        await sns.RefusedAsync(new SnsRequest("GetTopicAttributes").Topic(topic), "NotFound", 404);
        await sns.RefusedAsync(
            new SnsRequest("GetSubscriptionAttributes").Set("SubscriptionArn", subscription), "NotFound", 404);
        await sns.RefusedAsync(TestSns.PublishFifo(topic, "late", id: topic == "news" ? null : "1"), "NotFound", 404);
        await sns.CreateTopicAsync(topic);
        Assert.Equal("0", (await sns.AttributesAsync(topic))["SubscriptionsConfirmed"]);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_no_error()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.OkAsync(Delete("news"));
        await sns.OkAsync(Delete("news"));
    }

    [Fact]
    public async Task What_lies_in_queues_stays()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello"));

        await sns.OkAsync(Delete("news"));

        var envelope = Assert.Single(await sns.EnvelopesAsync("inbox"));
        Assert.Equal(TestSns.TopicArn("news"), envelope["TopicArn"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_a_topic_of_the_caller_is_deleted()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(new SnsRequest("DeleteTopic").Set("TopicArn", "news"));
        await sns.RefusedAsync(new SnsRequest("DeleteTopic"));
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(Delete("news"), "AuthorizationError", 403);
        sns.Queues.Caller = (TestSns.Account, "eu-north-1");
        await sns.RefusedAsync(Delete("news"), "AuthorizationError", 403);

        sns.Queues.Caller = null;
        Assert.NotEmpty(await sns.AttributesAsync("news"));
    }

    private static SnsRequest Delete(string topic) => new SnsRequest("DeleteTopic").Topic(topic);
}
