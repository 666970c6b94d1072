namespace Weir.Broker.Schedules.Timing;

/// <summary>
/// The times of <c>cron(minutes hours day-of-month month day-of-week year)</c>, on the clocks of a time zone. A time
/// that clocks skip does not occur; one that they show twice occurs the first time only.
/// </summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
internal sealed class CronExpression
{
    private const int FieldsCount = 6;

    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _months;
    private readonly bool[] _years;
    private readonly CronDays _days;

    private CronExpression(bool[] minutes, bool[] hours, CronDays days, bool[] months, bool[] years) =>
        (_minutes, _hours, _days, _months, _years) = (minutes, hours, days, months, years);

    /// <param name="text">What stands in the parentheses. Null when it is no expression.</param>
    public static CronExpression? Parse(string text)
    {
        var fields = text.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == FieldsCount
            && CronField.Minutes.Read(fields[0]) is { } minutes
            && CronField.Hours.Read(fields[1]) is { } hours
            && CronDays.Read(fields[2], fields[4]) is { } days
            && CronField.Months.Read(fields[3]) is { } months
            && CronField.Years.Read(fields[5]) is { } years
                ? new CronExpression(minutes, hours, days, months, years)
                : null;
    }

    /// <summary>The first time after that; null when there is none any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        // What clocks show for the first time goes up with the time: nothing earlier on the clock can be later.
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        if (local.Year < CronField.Years.Min) local = new DateTime(CronField.Years.Min, 1, 1);
        var start = DateOnly.FromDateTime(local);
        for (var day = start; day.Year <= CronField.Years.Max;)
        {
            if (!_years[day.Year - CronField.Years.Min]) day = new DateOnly(day.Year + 1, 1, 1);
            else if (!_months[day.Month - 1]) day = new DateOnly(day.Year, day.Month, 1).AddMonths(1);
            else if (_days.Contains(day)
                && First(day, day == start ? TimeOnly.FromDateTime(local) : default, after, zone) is { } found)
                return found;
            else day = day.AddDays(1);
        }

        return null;
    }

    /// <param name="from">What clocks show; nothing before it is looked at.</param>
    private DateTimeOffset? First(DateOnly day, TimeOnly from, DateTimeOffset after, TimeZoneInfo zone)
    {
        for (var hour = from.Hour; hour < _hours.Length; hour++)
        {
            if (!_hours[hour]) continue;
            for (var minute = hour == from.Hour ? from.Minute : 0; minute < _minutes.Length; minute++)
            {
                if (_minutes[minute] && ZoneTime.ToUtc(day.ToDateTime(new TimeOnly(hour, minute)), zone) is { } time
                    && time > after)
                    return time;
            }
        }

        return null;
    }
}
