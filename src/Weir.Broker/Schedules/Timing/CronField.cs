using System.Globalization;

namespace Weir.Broker.Schedules.Timing;

/// <summary>Reads one field of a cron expression: lists, ranges, steps, and names for numbers.</summary>
/// <param name="Names">What the first numbers are also called; empty where they have no names.</param>
internal sealed record CronField(string Name, int Min, int Max, IReadOnlyList<string> Names)
{
    private static readonly string[] MonthNames =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    public static CronField Minutes { get; } = new("minutes", 0, 59, []);

    public static CronField Hours { get; } = new("hours", 0, 23, []);

    public static CronField DaysOfMonth { get; } = new("day-of-month", 1, 31, []);

    public static CronField Months { get; } = new("month", 1, 12, MonthNames);

    /// <summary>From Sunday, which is 1.</summary>
    public static CronField DaysOfWeek { get; } = new("day-of-week", 1, 7, DayNames);

    public static CronField Years { get; } = new("year", 1970, 2199, []);

    /// <summary>For each number from <see cref="Min"/> on whether it is meant; null when the text is no such
    /// field.</summary>
    public bool[]? Read(string text)
    {
        var meant = new bool[Max - Min + 1];
        foreach (var part in text.Split(','))
        {
            if (!TryAdd(part, meant)) return null;
        }

        return meant;
    }

    /// <summary>A number or its name; null when it is none that the field has.</summary>
    public int? ReadNumber(string text)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text, StringComparison.OrdinalIgnoreCase)) return Min + i;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= Min && number <= Max ? number : null;
    }

    private bool TryAdd(string part, bool[] meant)
    {
        var (range, step) = (part, 1);
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            range = part[..slash];
            if (!int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out step)
                || step < 1)
                return false;
        }

        if (ReadRange(range, hasStep: slash >= 0) is not var (first, last)) return false;

        // A range may go past the end, as FRI-MON does.
        var length = last >= first ? last - first : meant.Length - (first - last);
        for (var i = 0; i <= length; i += step) meant[(first - Min + i) % meant.Length] = true;
        return true;
    }

    private (int First, int Last)? ReadRange(string text, bool hasStep)
    {
        if (text == "*") return (Min, Max);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            return ReadNumber(text) is { } one ? (one, hasStep ? Max : one) : null;
        }

        if (ReadNumber(text[..dash]) is not { } first || ReadNumber(text[(dash + 1)..]) is not { } last) return null;
        return first <= last || Names.Count > 0 ? (first, last) : null;
    }
}
