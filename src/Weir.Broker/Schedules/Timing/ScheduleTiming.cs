using System.Globalization;
using Weir.Engine;

namespace Weir.Broker.Schedules.Timing;

/// <summary>When a schedule is due: <c>at(...)</c>, <c>rate(...)</c> or <c>cron(...)</c>.</summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
public sealed class ScheduleTiming
{
    public const string Utc = "UTC";

    /// <summary>Of an expression, in characters.</summary>
    public const int LengthMax = 256;

    private readonly CronExpression? _cron;
    private readonly TimeSpan _rate;
    private readonly DateTimeOffset _at;
    private readonly TimeZoneInfo _zone;

    private ScheduleTiming(TimeZoneInfo zone, CronExpression? cron, TimeSpan rate, DateTimeOffset at) =>
        (_zone, _cron, _rate, _at) = (zone, cron, rate, at);

    /// <summary>Due once, at <see cref="At"/>.</summary>
    public bool IsOnce => _cron is null && _rate == TimeSpan.Zero;

    public bool IsRate => _rate > TimeSpan.Zero;

    /// <summary>From one due time to the next, of a rate.</summary>
    public TimeSpan Rate => _rate;

    /// <summary>When it is due, of one that is so once.</summary>
    public DateTimeOffset At => _at;

    public static Outcome<ScheduleTiming> Parse(string expression, string timezone)
    {
        if (ZoneTime.Find(timezone) is not { } zone) return ScheduleFaults.Invalid($"Invalid time zone: {timezone}.");
        if (Inner(expression, "at(") is { } at) return ParseAt(at, zone);
        if (Inner(expression, "rate(") is { } rate)
        {
            return ParseRate(rate) is { } span
                ? new ScheduleTiming(zone, null, span, default)
                : Wrong(expression, "a rate is a number of 1 or more, and minutes, hours or days");
        }

        if (Inner(expression, "cron(") is not { } text || CronExpression.Parse(text) is not { } cron)
        {
            return Wrong(expression, "at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron(minutes hours day-of-month "
                + "month day-of-week year) is one, with ? for day-of-month or for day-of-week");
        }

        return cron.Next(DateTimeOffset.UnixEpoch.AddTicks(-1), zone) is null
            ? Wrong(expression, "there is no such day in any year")
            : new ScheduleTiming(zone, cron, default, default);
    }

    /// <summary>The first time that it is due after a moment; null when there is none any more.</summary>
    /// <param name="anchor">Where a rate starts to count: it is due then, and each interval later.</param>
    public DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset anchor)
    {
        if (_cron is not null) return _cron.Next(after, _zone);
        if (!IsRate) return _at > after ? _at : null;
        if (after < anchor) return anchor;
        var passed = ((after - anchor).Ticks / _rate.Ticks) + 1;
        return passed <= (DateTimeOffset.MaxValue - anchor).Ticks / _rate.Ticks
            ? anchor + TimeSpan.FromTicks(passed * _rate.Ticks)
            : null;
    }

    private static Outcome<ScheduleTiming> ParseAt(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return Wrong($"at({text})", "a time is written yyyy-mm-ddThh:mm:ss");
        return ZoneTime.ToUtc(local, zone) is { } at
            ? new ScheduleTiming(zone, null, default, at)
            : Wrong($"at({text})", $"clocks of {zone.Id} skip this time");
    }

    private static TimeSpan? ParseRate(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 2
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
            return null;
        var days = words[1] switch
        {
            "minute" or "minutes" => value / (24.0 * 60),
            "hour" or "hours" => value / 24.0,
            "day" or "days" => value,
            _ => double.NaN,
        };
        if (!(days < TimeSpan.MaxValue.TotalDays / 2)) return null;
        return words[1][0] switch
        {
            'm' => TimeSpan.FromMinutes(value),
            'h' => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(value),
        };
    }

    private static string? Inner(string expression, string prefix) =>
        expression.StartsWith(prefix, StringComparison.Ordinal) && expression.EndsWith(')')
            ? expression[prefix.Length..^1]
            : null;

    private static Fault Wrong(string expression, string reason) =>
        ScheduleFaults.Invalid($"Invalid Schedule Expression {expression}: {reason}.");
}
