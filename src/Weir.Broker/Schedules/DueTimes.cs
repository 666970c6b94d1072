using Weir.Broker.Schedules.Timing;

namespace Weir.Broker.Schedules;

/// <summary>When a schedule is due, with its dates and its flexible window.</summary>
internal sealed class DueTimes(ScheduleConfig config, ScheduleTiming timing)
{
    /// <summary>
    /// Requests take their time: one for a moment that has just passed is for now. Times are of whole seconds besides.
    /// </summary>
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _anchor =
        DateTimeOffset.FromUnixTimeMilliseconds(config.StartUnixMs ?? config.AnchorUnixMs);

    public bool IsOnce => timing.IsOnce;

    /// <summary>Of what is stored, hence valid.</summary>
    public static DueTimes Of(ScheduleConfig config) =>
        new(config, ScheduleTiming.Parse(config.Expression, config.Timezone ?? ScheduleTiming.Utc).Value);

    /// <summary>When it is due first, being put now; null: never, or it is disabled.</summary>
    /// <param name="isNew">False when it had the same expression before, so that what has passed was done.</param>
    public DateTimeOffset? First(DateTimeOffset now, bool isNew)
    {
        if (config.IsDisabled) return null;
        if (timing.IsOnce) return Next(isNew ? now - JustNow : now);
        if (!timing.IsRate) return Next(now);

        // Without a start date a rate is due at once, at the moment from which it counts.
        return Next((config.StartUnixMs is null ? _anchor : now).AddMilliseconds(-1));
    }

    /// <summary>When it is due next; null: never again.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (timing.IsOnce) return timing.Next(after, _anchor);
        if (config.StartUnixMs is { } start && after.ToUnixTimeMilliseconds() < start)
            after = DateTimeOffset.FromUnixTimeMilliseconds(start).AddMilliseconds(-1);
        return timing.Next(after, _anchor) is { } due && !(due.ToUnixTimeMilliseconds() > config.EndUnixMs)
            ? due
            : null;
    }

    /// <summary>
    /// Chooses the moment within the window: before the next time that it is due, whose own firing it would be
    /// otherwise, and not after the end date.
    /// </summary>
    public DueState? ToState(DateTimeOffset? due, IdSource ids)
    {
        if (due is not { } at) return null;
        var (dueUnixMs, windowMs) = (at.ToUnixTimeMilliseconds(), config.WindowMinutes * 60_000L);
        if (windowMs > 0)
        {
            var next = Next(at)?.ToUnixTimeMilliseconds() ?? long.MaxValue;
            var end = timing.IsOnce ? long.MaxValue : config.EndUnixMs ?? long.MaxValue;
            windowMs = Math.Min(windowMs, Math.Min(next, end) - dueUnixMs);
        }

        var chosenMs = windowMs == 0 ? 0 : BitConverter.ToUInt32(ids.NewId().ToByteArray()) % windowMs;
        return new DueState(dueUnixMs, dueUnixMs + chosenMs);
    }
}
