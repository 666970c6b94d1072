using Weir.Engine;
using Weir.Engine.State;

namespace Weir.Broker.Shards;

/// <summary>
/// The receives that wait for messages. Those of one queue are served in the order in which they came. Owned by the
/// shard's thread.
/// </summary>
internal sealed class Waiters(ShardLoop loop)
{
    private readonly IndexedHeap<ReceiveWork, ReceiveWork.ByDeadline> _byDeadline = new();
    private readonly IndexedHeap<QueueWaiters, QueueWaiters.ByDue> _byDue = new();
    private readonly List<QueueWatch> _changed = [];

    public int Count => _byDeadline.Count;

    /// <summary>When there is next something to do; null while nobody waits.</summary>
    public long? NextDueUnixMs
    {
        get
        {
            var deadline = _byDeadline.First?.DeadlineUnixMs;
            var due = _byDue.First?.DueUnixMs;
            return deadline is null ? due : due is null ? deadline : Math.Min(deadline.Value, due.Value);
        }
    }

    /// <summary>
    /// A newcomer that may wait goes behind those that wait already; but who repeats a receive does not wait for what
    /// it has.
    /// </summary>
    public bool TryPark(ReceiveWork work)
    {
        if (Count == 0 || loop.Shard.FindWatch(work.Queue)?.Waiters is not QueueWaiters queue) return false;
        Serve(queue);
        return queue.Line.Count > 0 && !work.MayRepeat && Park(work);
    }

    /// <summary>Parks a receive that found nothing; false when it is not to wait, or its queue is gone.</summary>
    public bool Park(ReceiveWork work)
    {
        if (work.Wait == TimeSpan.Zero || loop.Shard.Watch(work.Queue) is not { } watch) return false;
        var wait = work.Wait ?? watch.ReceiveWait;
        var queue = watch.Waiters as QueueWaiters ?? new QueueWaiters(watch);
        if (wait <= TimeSpan.Zero)
        {
            if (queue.Line.Count == 0) watch.End();
            return false;
        }

        watch.Waiters = queue;
        work.Watch = watch;
        work.DeadlineUnixMs = loop.Shard.NowUnixMs + (long)wait.TotalMilliseconds;
        work.Place = queue.Line.AddLast(work);
        _byDeadline.Add(work);
        Reschedule(queue);
        work.ListenForEnd(loop);
        return true;
    }

    public void Cancel(ReceiveWork work)
    {
        if (work.Place is null) return;
        Leave(work);
        loop.Answer(work);
    }

    /// <summary>
    /// Serves those whose queues changed, became due, or whose patience ends, at the present frame's time.
    /// </summary>
    public void Serve()
    {
        if (Count == 0) return;
        var nowUnixMs = loop.Shard.NowUnixMs;
        ServeChanged();
        while (_byDue.First is { } due && due.DueUnixMs <= nowUnixMs) Serve(due);
        ServeChanged();
        while (_byDeadline.First is { } late && late.DeadlineUnixMs <= nowUnixMs)
        {
            Leave(late);
            loop.Answer(late);
        }
    }

    /// <summary>Answers those who wait for an account's messages: there are none.</summary>
    public void EndAll(string account)
    {
        foreach (var work in _byDeadline.Items.ToArray())
        {
            if (work.Account == account) Cancel(work);
        }
    }

    /// <summary>Sends everybody away; it is for the caller to answer them.</summary>
    public List<Work> TakeAll()
    {
        var all = new List<Work>(Count);
        while (_byDeadline.First is { } work)
        {
            Leave(work);
            all.Add(work);
        }

        return all;
    }

    // Serving may change other queues (a dead-letter queue gets a message), so this goes on until nothing changed.
    private void ServeChanged()
    {
        while (loop.Shard.TakeChanged(_changed))
        {
            foreach (var watch in _changed)
            {
                if (watch.Waiters is QueueWaiters queue) Serve(queue);
            }

            _changed.Clear();
        }
    }

    private void Serve(QueueWaiters queue)
    {
        while (queue.Line.First is { } first)
        {
            // A queue that was deleted has nothing ready, but whoever waits on it must hear of it.
            var isGone = queue.Watch.IsGone;
            if (!isGone && !queue.Watch.HasReady) break;
            loop.MakeRoom(first.Value.RecordBytesMax);
            first.Value.Receive(loop);
            if (!first.Value.IsAnswered && !isGone) break;
            var work = first.Value;
            Leave(work);
            loop.Answer(work);
        }

        if (queue.Line.Count > 0) Reschedule(queue);
    }

    private void Leave(ReceiveWork work)
    {
        var queue = (QueueWaiters)work.Watch!.Waiters!;
        queue.Line.Remove(work.Place!);
        work.Place = null;
        _byDeadline.Remove(work);
        if (queue.Line.Count > 0) return;
        if (queue.HeapIndex != -1) _byDue.Remove(queue);
        work.Watch.End();
        work.Watch.Waiters = null;
    }

    private void Reschedule(QueueWaiters queue)
    {
        if (queue.HeapIndex != -1) _byDue.Remove(queue);
        if (queue.Watch.NextVisibleUnixMs is not { } due) return;
        queue.DueUnixMs = due;
        _byDue.Add(queue);
    }
}

/// <summary>Those who wait for one queue, in line.</summary>
internal sealed class QueueWaiters(QueueWatch watch)
{
    public QueueWatch Watch { get; } = watch;

    public LinkedList<ReceiveWork> Line { get; } = new();

    public long DueUnixMs { get; set; }

    public int HeapIndex { get; set; } = -1;

    /// <summary>Soonest first.</summary>
    public readonly struct ByDue : IHeapOrder<QueueWaiters>
    {
        public static bool Before(QueueWaiters left, QueueWaiters right) => left.DueUnixMs < right.DueUnixMs;

        public static int GetIndex(QueueWaiters item) => item.HeapIndex;

        public static void SetIndex(QueueWaiters item, int index) => item.HeapIndex = index;
    }
}
