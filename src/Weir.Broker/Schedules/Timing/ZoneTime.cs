namespace Weir.Broker.Schedules.Timing;

/// <summary>What clocks of a time zone show, and when that is.</summary>
internal static class ZoneTime
{
    private const int NameLengthMax = 50;

    /// <summary>An IANA name, such as <c>Europe/Berlin</c>; null when there is no such zone.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length is > 0 and <= NameLengthMax && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;

    /// <summary>The first moment at which clocks show that; null when they skip it.</summary>
    public static DateTimeOffset? ToUtc(DateTime local, TimeZoneInfo zone)
    {
        if (zone.IsInvalidTime(local)) return null;

        // Of two moments the earlier is that with the greater offset: clocks are set back between them.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
