namespace Weir.Broker.Schedules;

/// <summary>What to do about something that is due: which of its times counts, and when it is due again.</summary>
/// <param name="Due">The time that counts: the latest of those that have passed.</param>
/// <param name="Next">Null: never again.</param>
/// <param name="HasSkipped">Whether earlier ones passed without anything being done.</param>
/// <param name="IsTooOld">Whether so much time has passed that it is not to be done any more.</param>
internal readonly record struct Occurrence(DateTimeOffset Due, DateTimeOffset? Next, bool HasSkipped, bool IsTooOld)
{
    /// <summary>
    /// What is done later than this was missed: of several such times only the last counts. Times are at least a minute
    /// apart.
    /// </summary>
    private static readonly TimeSpan LateMin = TimeSpan.FromMinutes(1);

    public static Occurrence Of(
        DueState state, DateTimeOffset now, TimeSpan ageMax, Func<DateTimeOffset, DateTimeOffset?> nextAfter)
    {
        var due = state.Due;
        var next = nextAfter(due);
        var fire = state.Fire;
        if (now - fire >= LateMin && next <= now)
        {
            var oldest = (now - ageMax).AddMilliseconds(-1);
            next = nextAfter(oldest > due ? oldest : due);
            if (next <= now) (due, next) = Latest(next.Value, now, nextAfter);
        }

        var hasSkipped = due != state.Due;
        return new Occurrence(due, next, hasSkipped, now - (hasSkipped ? due : fire) > ageMax);
    }

    /// <summary>The last due time up to now, and the one after it, found by halving what is between.</summary>
    /// <param name="due">A due time that has passed.</param>
    private static (DateTimeOffset Due, DateTimeOffset? Next) Latest(
        DateTimeOffset due, DateTimeOffset now, Func<DateTimeOffset, DateTimeOffset?> nextAfter)
    {
        // There is none after the bound and up to now.
        var (bound, next) = (now, nextAfter(due));
        while (next <= bound)
        {
            var middle = due + ((bound - due) / 2);
            if (nextAfter(middle) is { } later && later <= bound) due = later;
            else (bound, due) = (middle, next.Value);
            next = nextAfter(due);
        }

        return (due, next);
    }
}
