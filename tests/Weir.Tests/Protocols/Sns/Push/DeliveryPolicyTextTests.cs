using Weir.Protocols.Sns.Push;
using Xunit;

namespace Weir.Tests.Protocols.Sns.Push;

public sealed class DeliveryPolicyTextTests
{
    [Fact]
    public void Without_a_policy_there_are_three_retries_twenty_seconds_apart()
    {
        Assert.Equal((DeliveryPolicyText.Empty, null), DeliveryPolicyText.Parse(""));
        var retry = EffectiveDeliveryPolicy.Of(null, null).Retry.ToPolicy();
        Assert.Equal(
            [20, 20, 20, null],
            Enumerable.Range(1, 4).Select(attempt => retry.DelayAfter(attempt, default, 0)?.TotalSeconds));
    }

    [Fact]
    public void The_phases_follow_each_other()
    {
        var (policy, _) = DeliveryPolicyText.Parse("""
            {"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":10,"numRetries":6,"numNoDelayRetries":1,
              "numMinDelayRetries":2,"numMaxDelayRetries":2,"backoffFunction":"exponential"},
             "throttlePolicy":{"maxReceivesPerSecond":7},"requestPolicy":{"headerContentType":"application/json"}}
            """);
        var delays = Enumerable.Range(1, 7)
            .Select(attempt => policy!.Retry!.ToPolicy().DelayAfter(attempt, default, 0)?.TotalSeconds).ToArray();
        Assert.Equal([0, 1, 1], delays[..3]);
        Assert.Equal([10, 10, null], delays[4..]);
        Assert.Equal((7, "application/json"), (policy!.RatePerSecond, policy.ContentType));
    }

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("""{"sicklyRetryPolicy":{}}""", "sicklyRetryPolicy")]
    [InlineData("""{"guaranteed":true}""", "guaranteed")]
    [InlineData("""{"healthyRetryPolicy":3}""", "healthyRetryPolicy")]
    [InlineData("""{"healthyRetryPolicy":{"tries":1}}""", "tries")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":"3"}}""", "numRetries")]
    [InlineData("""{"healthyRetryPolicy":{"backoffFunction":1}}""", "backoffFunction")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":101}}""", "numRetries")]
    [InlineData("""{"healthyRetryPolicy":{"numRetries":2,"numNoDelayRetries":3}}""", "phases")]
    [InlineData("""{"healthyRetryPolicy":{"minDelayTarget":30,"maxDelayTarget":20}}""", "minDelayTarget")]
    [InlineData("""{"healthyRetryPolicy":{"maxDelayTarget":3601}}""", "3600")]
    [InlineData("""{"healthyRetryPolicy":{"backoffFunction":"cubic"}}""", "backoffFunction")]
    [InlineData("""{"throttlePolicy":{"maxReceivesPerSecond":0}}""", "maxReceivesPerSecond")]
    [InlineData("""{"throttlePolicy":{"maxReceivesPerMinute":1}}""", "maxReceivesPerMinute")]
    [InlineData("""{"requestPolicy":{"headerContentType":"no type"}}""", "headerContentType")]
    public void What_is_wrong_is_named(string policy, string named)
    {
        var (parsed, problem) = DeliveryPolicyText.Parse(policy);
        Assert.Null(parsed);
        Assert.Contains(named, problem, StringComparison.Ordinal);
    }
}
