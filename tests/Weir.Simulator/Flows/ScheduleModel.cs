using System.Globalization;

namespace Weir.Simulator;

// One generation of a schedule: what a put made of it. Each put has a new generation, which its messages carry.
internal sealed record ScheduleModel(PutSchedule Put, long AtMs)
{
    private const long MinuteMs = 60_000;

    // As the broker answers them once the put is known to have happened.
    public long AnchorMs { get; init; }

    public long BeganMs { get; init; }

    // Null while it is in force.
    public long? EndedMs { get; init; }

    // The one before it had the same times, and goes on in it.
    public bool IsRenewed { get; init; }

    public long AgeMsMax => (Put.AgeSeconds ?? 86_400) * 1000L;

    public string Expression => Put.Kind switch
    {
        ScheduleKind.At => $"at({Text(AtMs)})",
        ScheduleKind.Rate => $"rate({Put.Value} {(Put.Value == 1 ? "minute" : "minutes")})",
        _ => $"cron(0/{Put.Value} * * * ? *)",
    };

    // The last due time up to a moment; null when there is none.
    public long? LastUpTo(long nowMs) => Put.Kind switch
    {
        ScheduleKind.At => AtMs <= nowMs ? AtMs : null,
        ScheduleKind.Rate => AnchorMs <= nowMs ? nowMs - ((nowMs - AnchorMs) % IntervalMs) : null,
        _ => nowMs - (nowMs % IntervalMs) is var due && due > BeganMs ? due : null,
    };

    public long? NextAfter(long dueMs) => Put.Kind == ScheduleKind.At ? null : dueMs + IntervalMs;

    // Whether it is this generation that must fire then.
    public bool IsOwn(long dueMs) => dueMs > BeganMs || (dueMs == BeganMs && !IsRenewed);

    // The due time that a message shows to the second; null when it is none.
    public long? DueOf(string text)
    {
        var shown = DateTime.ParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var endMs = new DateTimeOffset(shown.ToUniversalTime()).ToUnixTimeMilliseconds() + 999;
        return LastUpTo(endMs) is { } due && due > endMs - 1000 ? due : null;
    }

    public static string Text(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    // The expressions' minutes divide an hour, so that they are the same from any hour on.
    private long IntervalMs => Put.Value * MinuteMs;
}

internal enum ScheduleKind
{
    At,
    Rate,
    Cron,
}
