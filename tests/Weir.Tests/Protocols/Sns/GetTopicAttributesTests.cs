using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class GetTopicAttributesTests
{
    [Fact]
    public async Task A_new_topic_has_the_defaults()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        var attributes = await sns.AttributesAsync("news");

        Assert.Equal(
            [
                "DisplayName", "EffectiveDeliveryPolicy", "MaximumMessageSize", "Owner", "Policy", "SignatureVersion",
                "SubscriptionsConfirmed", "SubscriptionsDeleted", "SubscriptionsPending", "TopicArn",
            ],
            attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(TestSns.TopicArn("news"), attributes["TopicArn"]);
        Assert.Equal(TestSns.Account, attributes["Owner"]);
        Assert.Equal("", attributes["DisplayName"]);
        Assert.Equal("1", attributes["SignatureVersion"]);
        Assert.Equal("262144", attributes["MaximumMessageSize"]);
        var policy = JsonNode.Parse(attributes["Policy"])!;
        Assert.Equal("__default_policy_ID", policy["Id"]!.GetValue<string>());
        Assert.Equal(TestSns.TopicArn("news"), policy["Statement"]![0]!["Resource"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_FIFO_topic_has_three_more()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo", ("ContentBasedDeduplication", "true"));

        var attributes = await sns.AttributesAsync("news.fifo");

        Assert.Equal(
            ("true", "true", "Topic"),
            (attributes["FifoTopic"], attributes["ContentBasedDeduplication"], attributes["FifoThroughputScope"]));
    }

    [Fact]
    public async Task Subscriptions_are_counted()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "one");
        await sns.AddQueueAsync("news", "two");

        Assert.Equal("2", (await sns.AttributesAsync("news"))["SubscriptionsConfirmed"]);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_or_not_the_callers_is_refused()
    {
        await using var sns = new TestSns();

        var missing = await sns.RefusedAsync(new SnsRequest("GetTopicAttributes").Topic("news"), "NotFound", 404);
        Assert.StartsWith("Topic does not exist", missing.Message, StringComparison.Ordinal);
        await sns.RefusedAsync(new SnsRequest("GetTopicAttributes"));
        await sns.RefusedAsync(new SnsRequest("GetTopicAttributes").Set("TopicArn", TestSns.QueueArn("news")));
        sns.Queues.Caller = ("111111111111", "us-east-1");
        await sns.RefusedAsync(new SnsRequest("GetTopicAttributes").Topic("news"), "AuthorizationError", 403);
    }
}
