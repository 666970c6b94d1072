using Weir.Broker;
using Weir.Broker.Schedules;
using Xunit;

namespace Weir.Tests.Broker.Schedules;

public sealed class DueTimesTests
{
    private const int Draws = 200;
    private static readonly DateTimeOffset Due = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("rate(1 hour)", 15, null, 15)]
    [InlineData("rate(5 minutes)", 30, null, 5)]
    [InlineData("cron(0/2 * * * ? *)", 1_440, null, 2)]
    [InlineData("rate(1 hour)", 30, 10, 10)]
    [InlineData("rate(1 hour)", 30, 0, 0)]
    [InlineData("at(2026-01-01T00:00:00)", 30, 10, 30)]
    public void It_fires_within_the_window_and_before_the_next_time_and_the_end(
        string expression, int windowMinutes, int? endMinutes, int withinMinutes)
    {
        var times = DueTimes.Of(new ScheduleConfig
        {
            Arn = "a",
            Expression = expression,
            WindowMinutes = windowMinutes,
            StartUnixMs = Due.ToUnixTimeMilliseconds(),
            EndUnixMs = endMinutes is { } end ? Due.AddMinutes(end).ToUnixTimeMilliseconds() : null,
            Target = new ScheduleTarget { Arn = "q", RoleArn = "r" },
            Messages = [],
        });
        var ids = IdSource.FromSeed(1);
        var chosen = Enumerable.Range(0, Draws).Select(_ => times.ToState(Due, ids)!.Fire - Due).ToList();

        Assert.InRange(chosen.Min(), TimeSpan.Zero, TimeSpan.FromMinutes(withinMinutes));
        Assert.InRange(chosen.Max(), TimeSpan.Zero, TimeSpan.FromMinutes(withinMinutes));

        // The whole window is used.
        Assert.True(chosen.Max() >= TimeSpan.FromMinutes(withinMinutes * 0.9));
    }
}
