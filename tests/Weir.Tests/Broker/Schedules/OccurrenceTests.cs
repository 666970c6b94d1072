using Weir.Broker.Schedules;
using Weir.Broker.Schedules.Timing;
using Xunit;

namespace Weir.Tests.Broker.Schedules;

public sealed class OccurrenceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Beside a walk through all the times, around the day on which clocks are set back.</summary>
    [Theory]
    [InlineData("cron(* * * * ? *)", "UTC")]
    [InlineData("cron(* * * * ? *)", "Europe/Berlin")]
    [InlineData("cron(0/7 1-3,22 * * ? *)", "Europe/Berlin")]
    [InlineData("cron(30 2 * * ? *)", "America/New_York")]
    [InlineData("cron(59 23 ? * SUN *)", "Pacific/Auckland")]
    [InlineData("rate(17 minutes)", "UTC")]
    public void Of_what_was_missed_only_the_last_time_counts(string expression, string zone)
    {
        var timing = ScheduleTiming.Parse(expression, zone).Value;
        var anchor = new DateTimeOffset(2026, 10, 20, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset? Next(DateTimeOffset after) => timing.Next(after, anchor);
        for (var hours = 1; hours < 400; hours += 13)
        {
            var first = Next(anchor)!.Value;
            var now = first + TimeSpan.FromHours(hours) + TimeSpan.FromSeconds(hours);
            var state = new DueState(first.ToUnixTimeMilliseconds(), first.ToUnixTimeMilliseconds());

            var found = Occurrence.Of(state, now, Day, Next);

            var (last, next) = (first, Next(first));
            while (next <= now) (last, next) = (next.Value, Next(next.Value));
            Assert.Equal(next, found.Next);
            Assert.Equal(now - last <= Day, !found.IsTooOld);
            if (!found.IsTooOld) Assert.Equal(last, found.Due);
        }
    }
}
