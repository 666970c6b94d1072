using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class SetTopicAttributesTests
{
    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}""";

    [Theory]
    [InlineData("DisplayName", "The <news> & more")]
    [InlineData("Policy", Policy)]
    [InlineData("SignatureVersion", "2")]
    [InlineData("MaximumMessageSize", "1024")]
    [InlineData("MaximumMessageSize", "1048576")]
    [InlineData("KmsMasterKeyId", "alias/aws/sns")]
    [InlineData("TracingConfig", "Active")]
    [InlineData("DeliveryPolicy", """{"http":{"defaultHealthyRetryPolicy":{"numRetries":7}}}""")]
    [InlineData("SQSSuccessFeedbackSampleRate", "100")]
    public async Task What_is_set_is_answered(string name, string value)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        Assert.False((await sns.OkAsync(Change("news", name, value))).HasResult);

        Assert.Equal(value, (await sns.AttributesAsync("news"))[name]);
        await sns.Queues.RestartAsync();
        Assert.Equal(value, (await sns.AttributesAsync("news"))[name]);
    }

    [Theory]
    [InlineData("ContentBasedDeduplication", "true")]
    [InlineData("FifoThroughputScope", "MessageGroup")]
    public async Task A_FIFO_topic_has_attributes_of_its_own(string name, string value)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news.fifo");
        await sns.CreateTopicAsync("news");

        await sns.OkAsync(Change("news.fifo", name, value));

        Assert.Equal(value, (await sns.AttributesAsync("news.fifo"))[name]);
        await sns.RefusedAsync(Change("news.fifo", name, "neither"));
        await sns.RefusedAsync(Change("news", name, value));
    }

    [Theory]
    [InlineData("DisplayName")]
    [InlineData("KmsMasterKeyId")]
    [InlineData("Policy")]
    [InlineData("DeliveryPolicy")]
    public async Task An_empty_value_brings_the_default_back(string name)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var before = await sns.AttributesAsync("news");
        await sns.OkAsync(Change("news", name, name switch
        {
            "Policy" => Policy,
            "DeliveryPolicy" => """{"http":{"disableSubscriptionOverrides":true}}""",
            _ => "x",
        }));

        await sns.OkAsync(Change("news", name, ""));

        Assert.Equal(before, await sns.AttributesAsync("news"));
    }

    [Fact]
    public async Task A_delivery_policy_holds_for_endpoints_that_say_nothing_else()
    {
        await using var sns = new TestSns();
        await using var push = sns.Queues.StartPush();
        await sns.CreateTopicAsync("news");
        var arn = (await sns.OkAsync(new SnsRequest("Subscribe").Topic("news").Set("Protocol", "http")
            .Set("Endpoint", "http://127.0.0.1:9/hook").Set("ReturnSubscriptionArn", "true"))).Text("SubscriptionArn")!;
        await sns.OkAsync(Change(
            "news", "DeliveryPolicy", """{"http":{"defaultHealthyRetryPolicy":{"numRetries":7}}}"""));

        foreach (var effective in (string[])
            [
                (await sns.AttributesAsync("news"))["EffectiveDeliveryPolicy"],
                (await sns.SubscriptionAsync(arn))["EffectiveDeliveryPolicy"],
            ])
            Assert.Contains("\"numRetries\":7", effective, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Policy", "{}")]
    [InlineData("Policy", "[]")]
    [InlineData("SignatureVersion", "0")]
    [InlineData("SignatureVersion", "")]
    [InlineData("MaximumMessageSize", "1023")]
    [InlineData("MaximumMessageSize", "1048577")]
    [InlineData("MaximumMessageSize", "+2048")]
    [InlineData("DeliveryPolicy", "{}")]
    [InlineData("ArchivePolicy", "{}")]
    [InlineData("FifoTopic", "true")]
    [InlineData("TopicArn", "x")]
    [InlineData("", "x")]
    public async Task A_bad_value_is_refused_and_changes_nothing(string name, string value)
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var before = await sns.AttributesAsync("news");

        await sns.RefusedAsync(Change("news", name, value));

        Assert.Equal(before, await sns.AttributesAsync("news"));
    }

    [Fact]
    public async Task A_display_name_has_at_most_100_characters()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.OkAsync(Change("news", "DisplayName", new string('n', 100)));
        await sns.RefusedAsync(Change("news", "DisplayName", new string('n', 101)));
        await sns.RefusedAsync(Change("other", "DisplayName", "n"), "NotFound", 404);
    }

    [Fact]
    public async Task Many_at_once_each_take_effect()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        (string Name, string Value)[] changes =
            [("DisplayName", "a"), ("KmsMasterKeyId", "b"), ("TracingConfig", "c"), ("SignatureVersion", "2")];

        await Task.WhenAll(changes.Select(change => sns.OkAsync(Change("news", change.Name, change.Value))));

        var attributes = await sns.AttributesAsync("news");
        Assert.All(changes, change => Assert.Equal(change.Value, attributes[change.Name]));
    }

    private static SnsRequest Change(string topic, string name, string value) =>
        new SnsRequest("SetTopicAttributes").Topic(topic).Set("AttributeName", name).Set("AttributeValue", value);
}
