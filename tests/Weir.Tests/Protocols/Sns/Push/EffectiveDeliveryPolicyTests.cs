using System.Text.Json.Nodes;
using Weir.Protocols.Sns.Push;
using Xunit;

namespace Weir.Tests.Protocols.Sns.Push;

public sealed class EffectiveDeliveryPolicyTests
{
    private const string Topic = """
        {"http":{"defaultHealthyRetryPolicy":{"numRetries":7},"defaultThrottlePolicy":{"maxReceivesPerSecond":5},
          "defaultRequestPolicy":{"headerContentType":"application/json"}}}
        """;

    private const string Own = """{"healthyRetryPolicy":{"numRetries":2},"guaranteed":false}""";

    [Fact]
    public void What_a_subscription_leaves_open_is_its_topics_to_say()
    {
        var policy = EffectiveDeliveryPolicy.Of(Topic, Own);
        Assert.Equal((2, 5, "application/json"), (policy.Retry.Retries, policy.RatePerSecond, policy.ContentType));
        policy = EffectiveDeliveryPolicy.Of(Topic, null);
        Assert.Equal((7, 20), (policy.Retry.Retries, policy.Retry.MinDelay));
        policy = EffectiveDeliveryPolicy.Of(null, Own);
        Assert.Equal((2, null, "text/plain; charset=UTF-8"),
            (policy.Retry.Retries, policy.RatePerSecond, policy.ContentType));
    }

    [Fact]
    public void A_topic_may_say_that_its_word_is_the_last()
    {
        var topic = """{"http":{"defaultHealthyRetryPolicy":{"numRetries":7},"disableSubscriptionOverrides":true}}""";
        Assert.Equal(7, EffectiveDeliveryPolicy.Of(topic, Own).Retry.Retries);
    }

    [Fact]
    public void It_is_written_as_Amazon_SNS_does()
    {
        const string Retry = """
            "minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,
            "numMinDelayRetries":0,"backoffFunction":"linear"
            """;
        const string Topic = $$"""
            {"http":{"defaultHealthyRetryPolicy":{ {{Retry}} },"disableSubscriptionOverrides":false,
            "defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"} } }
            """;
        const string Subscription = $$"""
            {"healthyRetryPolicy":{ {{Retry}} },"sicklyRetryPolicy":null,"throttlePolicy":null,
            "requestPolicy":{"headerContentType":"text/plain; charset=UTF-8"},"guaranteed":false}
            """;
        Assert.Equal(Compact(Topic), EffectiveDeliveryPolicy.WriteTopic(null));
        Assert.Equal(Compact(Subscription), EffectiveDeliveryPolicy.Of(null, null).Write());
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("{}", "http")]
    [InlineData("""{"http":{},"sqs":{}}""", "sqs")]
    [InlineData("""{"http":1}""", "http")]
    [InlineData("""{"http":{"defaultSicklyRetryPolicy":{}}}""", "defaultSicklyRetryPolicy")]
    [InlineData("""{"http":{"healthyRetryPolicy":{}}}""", "healthyRetryPolicy")]
    [InlineData("""{"http":{"disableSubscriptionOverrides":"yes"}}""", "disableSubscriptionOverrides")]
    [InlineData("""{"http":{"defaultHealthyRetryPolicy":{"numRetries":101}}}""", "numRetries")]
    [InlineData("""{"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":0.5}}}""", "maxReceivesPerSecond")]
    [InlineData("""{"http":{"defaultRequestPolicy":{"headerContentType":"no type"}}}""", "headerContentType")]
    public void What_is_wrong_with_a_topics_policy_is_named(string policy, string named)
    {
        var (parsed, problem) = TopicDeliveryPolicyText.Parse(policy);
        Assert.Null(parsed);
        Assert.Contains(named, problem, StringComparison.Ordinal);
    }

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();
}
