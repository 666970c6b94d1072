using CsCheck;
using Weir.Broker.Delivery;
using Xunit;

namespace Weir.Tests.Delivery;

public sealed class RetryPolicyTests
{
    [Fact]
    public void Sns_tries_three_times_more_after_20_seconds_each() =>
        Assert.Equal([20, 20, 20, null], Delays(RetryPolicy.Sns()));

    [Fact]
    public void The_phases_come_in_their_order() => Assert.Equal(
        [0, 0, 1, 1, 5, 9, 9, 9, null],
        Delays(RetryPolicy.Sns(
            retries: 8, immediate: 2, atMinDelay: 1, atMaxDelay: 2,
            minDelay: TimeSpan.FromSeconds(1), maxDelay: TimeSpan.FromSeconds(9))));

    [Theory]
    [InlineData(BackoffFunction.Linear, new[] { 1.0, 6, 11, 16 })]
    [InlineData(BackoffFunction.Arithmetic, new[] { 1.0, 3.5, 8.5, 16 })]
    [InlineData(BackoffFunction.Geometric, new[] { 1.0, 2.52, 6.35, 16 })]
    [InlineData(BackoffFunction.Exponential, new[] { 1.0, 3.143, 7.429, 16 })]
    [InlineData(BackoffFunction.Doubling, new[] { 1.0, 2, 4, 8 })]
    public void Each_function_grows_in_its_own_way(BackoffFunction function, double[] seconds)
    {
        var policy = RetryPolicy.Sns(
            retries: 4, minDelay: TimeSpan.FromSeconds(1), maxDelay: TimeSpan.FromSeconds(16), function: function);

        Assert.All(seconds, (expected, index) =>
            Assert.Equal(expected, policy.DelayAfter(index + 1, TimeSpan.Zero, 0)!.Value.TotalSeconds, 0.01));
    }

    [Fact]
    public void Delays_rise_from_the_shortest_to_the_longest() => Gen.Select(
        Gen.Enum<BackoffFunction>(), Gen.Int[1, 100], Gen.Int[0, 100], Gen.Int[0, 3500]).Sample(
        (function, retries, min, more) =>
        {
            var policy = RetryPolicy.Sns(
                retries, minDelay: TimeSpan.FromSeconds(min), maxDelay: TimeSpan.FromSeconds(min + more),
                function: function);
            var last = TimeSpan.FromSeconds(min);
            for (var attempt = 1; attempt <= retries; attempt++)
            {
                var delay = policy.DelayAfter(attempt, TimeSpan.Zero, 0)!.Value;
                Assert.InRange(delay.TotalMilliseconds, last.TotalMilliseconds - 1, ((min + more) * 1000) + 1);
                last = delay;
            }

            Assert.Null(policy.DelayAfter(retries + 1, TimeSpan.Zero, 0));
        });

    [Fact]
    public void EventBridge_gives_up_after_its_retries_or_its_age()
    {
        var policy = RetryPolicy.EventBridge();

        Assert.NotNull(policy.DelayAfter(185, TimeSpan.FromHours(20), 0.5));
        Assert.Null(policy.DelayAfter(186, TimeSpan.FromHours(20), 0.5));
        Assert.Null(policy.DelayAfter(10, TimeSpan.FromHours(24), 0.5));
        Assert.Null(
            RetryPolicy.EventBridge(ageMax: TimeSpan.FromSeconds(60)).DelayAfter(1, TimeSpan.FromSeconds(59.9), 0));
    }

    [Fact]
    public void Chance_takes_off_no_more_than_its_share()
    {
        var policy = RetryPolicy.EventBridge();

        Assert.Equal(TimeSpan.FromSeconds(512), policy.DelayAfter(10, TimeSpan.Zero, 0));
        Assert.Equal(TimeSpan.FromSeconds(384), policy.DelayAfter(10, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.FromMinutes(10), policy.DelayAfter(11, TimeSpan.Zero, 0));
    }

    [Theory]
    [InlineData(500, true, true)]
    [InlineData(503, true, true)]
    [InlineData(429, true, true)]
    [InlineData(401, false, true)]
    [InlineData(407, false, true)]
    [InlineData(409, false, true)]
    [InlineData(400, false, false)]
    [InlineData(403, false, false)]
    [InlineData(302, false, false)]
    public void Each_says_which_answers_are_worth_another_try(int status, bool sns, bool eventBridge)
    {
        Assert.Equal(sns, RetryPolicy.Sns().RetriesStatus(status));
        Assert.Equal(eventBridge, RetryPolicy.EventBridge().RetriesStatus(status));
    }

    private static List<double?> Delays(RetryPolicy policy) =>
    [
        .. Enumerable.Range(1, policy.TriesMax)
            .Select(attempt => policy.DelayAfter(attempt, TimeSpan.Zero, 0.7)?.TotalSeconds),
    ];
}
