namespace Weir.Engine.Queues;

/// <summary>What a queue's flow control has done so far.</summary>
// The delivery rate is a virtual clock (GCRA): each lease moves it on by one interval, and it must not be ahead of the
// time. Behind the time it stays by no more than the burst.
internal sealed class FlowState
{
    private const long SecondUs = 1_000_000;
    private const long BurstUs = SecondUs / 10;

    public long OverflowDropped { get; set; }

    public long OverflowDeadLettered { get; set; }

    public long ExpiredDropped { get; set; }

    public long ExpiredDeadLettered { get; set; }

    /// <summary>When the next message may be delivered, in microseconds since 1970; 0 before the first one.</summary>
    public long PacedUnixUs { get; set; }

    /// <summary>No part of the durable state, as the next: when the queue was found full, if it is.</summary>
    public long? FullUnixMs { get; set; }

    public long Refused { get; set; }

    public FlowCounters Counters =>
        new(OverflowDropped, OverflowDeadLettered, ExpiredDropped, ExpiredDeadLettered);

    public bool IsEmpty => PacedUnixUs == 0 && Counters == default;

    public long PacedUnixMs => (PacedUnixUs + 999) / 1000;

    /// <summary>How many messages the rate lets go now.</summary>
    public long RoomAt(long nowUnixMs, int perSecond)
    {
        var (now, interval) = (nowUnixMs * 1000, SecondUs / perSecond);
        var paced = Math.Max(PacedUnixUs, Earliest(now, interval));
        return paced > now ? 0 : ((now - paced) / interval) + 1;
    }

    public void Pace(long nowUnixMs, int perSecond)
    {
        var interval = SecondUs / perSecond;
        PacedUnixUs = Math.Max(PacedUnixUs, Earliest(nowUnixMs * 1000, interval)) + interval;
    }

    private static long Earliest(long now, long interval) => now - Math.Max(BurstUs, interval) + interval;
}
