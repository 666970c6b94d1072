using System.Globalization;
using Weir.Broker.Schedules.Timing;
using Xunit;

namespace Weir.Tests.Broker.Schedules.Timing;

public sealed class ScheduleTimingTests
{
    /// <summary>Where the rates begin to count: a Thursday.</summary>
    private static readonly DateTimeOffset Anchor = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cron(0 12 * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T12:00:00Z")]
    [InlineData("cron(15 10 ? * MON-FRI *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T10:15:00Z")]
    [InlineData("cron(0/15 * * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:15:00Z")]
    [InlineData("cron(0 0 * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z")]
    [InlineData("cron(0 8 1 * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z")]
    [InlineData("cron(0 8 L * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-31T08:00:00Z")]
    [InlineData("cron(0 8 L-3 * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-28T08:00:00Z")]
    [InlineData("cron(0 8 LW 2 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-02-27T08:00:00Z")]
    [InlineData("cron(0 8 15W 2 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-02-16T08:00:00Z")]
    [InlineData("cron(0 8 14W 2 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-02-13T08:00:00Z")]
    [InlineData("cron(0 8 1W 8 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-08-03T08:00:00Z")]
    [InlineData("cron(0 8 31W 5 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-05-29T08:00:00Z")]
    [InlineData("cron(0 8 ? * 6#3 *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-16T08:00:00Z")]
    [InlineData("cron(0 8 ? * FRI#5 *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-30T08:00:00Z")]
    [InlineData("cron(0 8 ? * MON#5 *)", "UTC", "2026-01-01T00:00:00Z", "2026-03-30T08:00:00Z")]
    [InlineData("cron(0 8 ? * 2L *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-26T08:00:00Z")]
    [InlineData("cron(0 8 ? * SUNL *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-25T08:00:00Z")]
    [InlineData("cron(0 8 ? * L *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-03T08:00:00Z")]
    [InlineData("cron(0 8 ? * 1 *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-04T08:00:00Z")]
    [InlineData("cron(0 8 ? * 7 *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-03T08:00:00Z")]
    [InlineData("cron(0 8 ? * FRI-MON *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-02T08:00:00Z")]
    [InlineData("cron(0 8 ? * 2,4 *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-05T08:00:00Z")]
    [InlineData("cron(0 8 29 2 ? *)", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T08:00:00Z")]
    [InlineData("cron(0 8 29 2 ? 2027-2031)", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2030)", "UTC", "2026-01-01T00:00:00Z", "2030-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2025)", "UTC", "2026-01-01T00:00:00Z", "")]
    [InlineData("cron(0 8 1 1 ? 2025,2027)", "UTC", "2026-01-01T00:00:00Z", "2027-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 1 ? 2020/5)", "UTC", "2026-01-01T08:00:00Z", "2030-01-01T08:00:00Z")]
    [InlineData("cron(0 8 1 JAN,JUL ? *)", "UTC", "2026-01-01T08:00:00Z", "2026-07-01T08:00:00Z")]
    [InlineData("cron(0 8 1 jan ? *)", "UTC", "2026-01-01T08:00:00Z", "2027-01-01T08:00:00Z")]
    [InlineData("cron(5-7 0 * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("cron(0 22-23 * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T22:00:00Z")]
    [InlineData("cron(0/20 9-10/1 * * ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00Z")]
    [InlineData("cron(*/7 * * * ? *)", "UTC", "2026-01-01T00:56:00Z", "2026-01-01T01:00:00Z")]
    [InlineData("cron(0 8 30 * ? *)", "UTC", "2026-01-31T00:00:00Z", "2026-03-30T08:00:00Z")]
    [InlineData("cron(0 8 31 * ? *)", "UTC", "2026-01-31T08:00:00Z", "2026-03-31T08:00:00Z")]
    [InlineData("cron(0 8 31 4,5 ? *)", "UTC", "2026-01-01T00:00:00Z", "2026-05-31T08:00:00Z")]
    [InlineData("cron(0 0 1 1 ? 2100)", "UTC", "2026-01-01T00:00:00Z", "2100-01-01T00:00:00Z")]
    [InlineData("cron(0 8 29 2 ? 2097-2107)", "UTC", "2026-01-01T00:00:00Z", "2104-02-29T08:00:00Z")]
    [InlineData("cron(59 23 31 12 ? 2199)", "UTC", "2026-01-01T00:00:00Z", "2199-12-31T23:59:00Z")]
    [InlineData("cron(59 23 31 12 ? 2199)", "UTC", "2199-12-31T23:59:00Z", "")]
    [InlineData("cron(0 8 ? 2 SUN#1 2026)", "UTC", "2026-01-01T00:00:00Z", "2026-02-01T08:00:00Z")]
    [InlineData("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z")]
    [InlineData("cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("cron(0 3 * * ? *)", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("cron(0 * * * ? *)", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("cron(0 9 * * ? *)", "America/New_York", "2026-03-06T20:00:00Z", "2026-03-07T14:00:00Z")]
    [InlineData("cron(0 9 * * ? *)", "America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T13:00:00Z")]
    [InlineData("cron(30 1 * * ? *)", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z")]
    [InlineData("cron(0 0 * * ? *)", "Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T18:30:00Z")]
    [InlineData("cron(0 0 1 * ? *)", "Pacific/Auckland", "2026-01-01T00:00:00Z", "2026-01-31T11:00:00Z")]
    [InlineData("at(2026-05-01T10:00:00)", "UTC", "2026-01-01T00:00:00Z", "2026-05-01T10:00:00Z")]
    [InlineData("at(2026-05-01T10:00:00)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-05-01T08:00:00Z")]
    [InlineData("at(2026-05-01T10:00:00)", "UTC", "2026-05-01T10:00:00Z", "")]
    [InlineData("at(2026-10-25T02:30:00)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("rate(5 minutes)", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("rate(1 hour)", "UTC", "2026-01-01T00:30:00Z", "2026-01-01T01:00:00Z")]
    [InlineData("rate(1 day)", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T00:00:00Z")]
    [InlineData("rate(2 days)", "UTC", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z")]
    [InlineData("rate(7 minutes)", "UTC", "2025-12-31T23:59:00Z", "2026-01-01T00:00:00Z")]
    public void It_is_due_next(string expression, string timezone, string after, string expected)
    {
        var timing = ScheduleTiming.Parse(expression, timezone).Value;
        var next = timing.Next(Time(after), Anchor);
        var text = next?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(expected, text ?? "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("at()")]
    [InlineData("at(2026-05-01)")]
    [InlineData("at(2026-13-01T00:00:00)")]
    [InlineData("at(2026-05-01T10:00:00Z)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(-1 minutes)")]
    [InlineData("rate(5)")]
    [InlineData("rate(5 weeks)")]
    [InlineData("rate(1.5 hours)")]
    [InlineData("rate(2147483647 days)")]
    [InlineData("cron(* * * * * *)")]
    [InlineData("cron(0 12 ? * ? *)")]
    [InlineData("cron(0 12 * * *)")]
    [InlineData("cron(60 0 * * ? *)")]
    [InlineData("cron(0 24 * * ? *)")]
    [InlineData("cron(0 0 32 * ? *)")]
    [InlineData("cron(0 0 0 * ? *)")]
    [InlineData("cron(0 0 1 13 ? *)")]
    [InlineData("cron(0 0 ? * 8 *)")]
    [InlineData("cron(0 0 ? * MON#6 *)")]
    [InlineData("cron(0 0 1 1 ? 1969)")]
    [InlineData("cron(0 0 1 1 ? 2200)")]
    [InlineData("cron(0/0 0 * * ? *)")]
    [InlineData("cron(5-1 0 * * ? *)")]
    [InlineData("cron(0 8 30 2 ? *)")]
    [InlineData("cron(0 8 L-31 * ? *)")]
    [InlineData("cron(a b c d e f)")]
    [InlineData("every(1 day)")]
    [InlineData("rate(5 minutes")]
    public void What_is_no_expression_or_never_due_is_refused(string expression) =>
        Assert.False(ScheduleTiming.Parse(expression, "UTC").IsOk);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("")]
    public void A_time_zone_that_is_none_is_refused(string timezone) =>
        Assert.False(ScheduleTiming.Parse("rate(1 hour)", timezone).IsOk);

    [Fact]
    public void A_time_that_clocks_skip_is_refused() =>
        Assert.False(ScheduleTiming.Parse("at(2026-03-29T02:30:00)", "Europe/Berlin").IsOk);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
