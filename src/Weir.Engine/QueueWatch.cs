using Weir.Engine.Queues;

namespace Weir.Engine;

/// <summary>
/// Lets the broker see, without executing anything, whether a queue that somebody waits on has something for them.
/// Only for the shard's thread.
/// </summary>
public sealed class QueueWatch
{
    private readonly Shard _shard;
    private readonly Queue _queue;

    internal QueueWatch(Shard shard, Queue queue)
    {
        _shard = shard;
        _queue = queue;
    }

    /// <summary>The broker's own: who waits.</summary>
    public object? Waiters { get; set; }

    public QueueName Name => _queue.Name;

    public TimeSpan ReceiveWait => _queue.Config.ReceiveWait;

    /// <summary>When there is next something to look for, if nothing else happens.</summary>
    public long? NextVisibleUnixMs
    {
        get
        {
            var next = _queue.NextVisibleUnixMs;
            if (_queue.Config.Flow.DeliveryRate is null || !_queue.HasReady) return next;
            var paced = Math.Max(_queue.Flow.PacedUnixMs, _shard.NowUnixMs + 1);
            return next is { } visible ? Math.Min(visible, paced) : paced;
        }
    }

    /// <summary>True when a receive would find a message at the present frame's time.</summary>
    public bool HasReady
    {
        get
        {
            _queue.Advance(_shard.NowUnixMs);
            return _queue.HasReady && _queue.DeliveryRoom(_shard.NowUnixMs) > 0;
        }
    }

    /// <summary>True once the queue was deleted, even if there is another of its name.</summary>
    public bool IsGone => !ReferenceEquals(_shard.State.Find(Name), _queue);

    internal bool HasChanged { get; set; }

    /// <summary>Stops watching.</summary>
    public void End() => _queue.Watch = null;
}
