using System.Globalization;

namespace Weir.Broker.Schedules.Timing;

/// <summary>Which days of a month a cron expression means, by the month or by the week.</summary>
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
internal sealed class CronDays
{
    private const string Any = "?";
    private const int DaysOfWeek = 7;
    private const int WeeksMax = 5;

    private readonly Func<DateOnly, bool> _isMeant;

    private CronDays(Func<DateOnly, bool> isMeant) => _isMeant = isMeant;

    public bool Contains(DateOnly day) => _isMeant(day);

    /// <summary>Null when the two fields are none; exactly one of them must be <c>?</c>.</summary>
    public static CronDays? Read(string ofMonth, string ofWeek)
    {
        if ((ofMonth == Any) == (ofWeek == Any)) return null;
        return ofWeek == Any ? ReadOfMonth(ofMonth) : ReadOfWeek(ofWeek);
    }

    private static CronDays? ReadOfMonth(string text)
    {
        if (text == "L") return new CronDays(day => day.Day == LastOf(day));
        if (text == "LW") return new CronDays(day => day.Day == NearestWeekday(day, LastOf(day)));
        if (text.EndsWith('W'))
        {
            return CronField.DaysOfMonth.ReadNumber(text[..^1]) is { } nearest
                ? new CronDays(day => nearest <= LastOf(day) && day.Day == NearestWeekday(day, nearest))
                : null;
        }

        if (text.StartsWith("L-", StringComparison.Ordinal))
        {
            return int.TryParse(text[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
                && before is > 0 and < 31
                ? new CronDays(day => day.Day == LastOf(day) - before)
                : null;
        }

        return CronField.DaysOfMonth.Read(text) is { } meant ? new CronDays(day => meant[day.Day - 1]) : null;
    }

    private static CronDays? ReadOfWeek(string text)
    {
        // The last day of the week, where the expression does not say of the month.
        if (text == "L") text = "7";
        if (text.EndsWith('L'))
        {
            return CronField.DaysOfWeek.ReadNumber(text[..^1]) is { } last
                ? new CronDays(day => NumberOf(day) == last && day.Day + DaysOfWeek > LastOf(day))
                : null;
        }

        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash >= 0)
        {
            return CronField.DaysOfWeek.ReadNumber(text[..hash]) is { } nth
                && int.TryParse(text[(hash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var week)
                && week is >= 1 and <= WeeksMax
                ? new CronDays(day => NumberOf(day) == nth && (day.Day - 1) / DaysOfWeek == week - 1)
                : null;
        }

        return CronField.DaysOfWeek.Read(text) is { } meant ? new CronDays(day => meant[NumberOf(day) - 1]) : null;
    }

    private static int NumberOf(DateOnly day) => (int)day.DayOfWeek + 1;

    private static int LastOf(DateOnly day) => DateTime.DaysInMonth(day.Year, day.Month);

    /// <summary>The Monday to Friday that is nearest to a day, without leaving its month.</summary>
    private static int NearestWeekday(DateOnly month, int day) =>
        new DateOnly(month.Year, month.Month, day).DayOfWeek switch
        {
            DayOfWeek.Saturday => day > 1 ? day - 1 : day + 2,
            DayOfWeek.Sunday => day < LastOf(month) ? day + 1 : day - 2,
            _ => day,
        };
}
