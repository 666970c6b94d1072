namespace Weir.Engine.Queues;

/// <summary>
/// What went through a queue since the process started. No part of the durable state: nothing decides by it, replay
/// does not count, and checkpoints do not have it.
/// </summary>
internal sealed class QueueTraffic
{
    private long[]? _dwell;
    private long _dwellSumMs;

    public long Sent { get; set; }

    public long Received { get; set; }

    public long Deleted { get; set; }

    public long Expired { get; set; }

    public long DeadLettered { get; set; }

    public long Dropped { get; set; }

    public long GivenUp { get; set; }

    public bool HasDwell => _dwell is not null;

    public DwellTimes? Dwell => _dwell is null ? null : new DwellTimes([.. _dwell], _dwellSumMs);

    public QueueTotals Totals => new(Sent, Received, Deleted, Expired, DeadLettered, Dropped, GivenUp, Refused: 0);

    /// <summary>A message was received for the first time.</summary>
    public void Dwelt(long ms)
    {
        var bounds = DwellTimes.BoundsMs;
        _dwell ??= new long[bounds.Length + 1];
        var bucket = bounds.BinarySearch(ms);
        _dwell[bucket < 0 ? ~bucket : bucket]++;
        _dwellSumMs += ms;
    }
}
