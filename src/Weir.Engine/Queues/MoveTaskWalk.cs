using Weir.Engine.Records;

namespace Weir.Engine.Queues;

/// <summary>A move task's way through the visible messages of its source.</summary>
// A task without a filter takes what a receive would take, until there is nothing. One with a filter looks at each
// message once that was there when it began. A standard queue can give its first message only, so what is not wanted
// goes to the end as it is. A FIFO queue keeps its order: what is not wanted stays, and those behind it that have
// entries are within reach.
internal readonly struct MoveTaskWalk(MoveTask task, Queue source, EngineOptions options)
{
    /// <summary>True when there are more messages to look at than a FIFO queue lets reach.</summary>
    public bool IsOutOfReach => task.Filter is not null && source is FifoQueue && source.Backlog.Count > 0
        && source.Backlog.First.Sequence <= task.LastSequence && source.EntryCount >= options.InFlightMax;

    public bool TryPeek(out Message message)
    {
        if (task.Filter is null) return source.TryPeekReady(out message);
        return source is FifoQueue
            ? TryPeekAhead(out message)
            : source.TryPeekReady(out message) && message.Sequence <= task.LastSequence;
    }

    public void PassBy(Shard shard, in Message message)
    {
        if (source is FifoQueue) task.Ahead!.Dequeue();
        else shard.Emit(new MessageSetBack(source.Id, message.Sequence, source.NextSequence));
    }

    private bool TryPeekAhead(out Message message)
    {
        task.Ahead ??= Look();
        while (true)
        {
            while (task.Ahead.TryPeek(out var next))
            {
                if (source.Find(next) is { State: EntryState.Ready } entry)
                {
                    task.LookedAt = next;
                    message = entry.Message;
                    return true;
                }

                task.Ahead.Dequeue();
            }

            // Those that were moved let others into reach.
            task.Ahead = Look();
            if (task.Ahead.Count > 0) continue;
            message = default;
            return false;
        }
    }

    private Queue<long> Look()
    {
        var (after, last) = (task.LookedAt, task.LastSequence);
        return new Queue<long>(source.Entries
            .Where(entry => entry.State == EntryState.Ready && entry.Sequence > after && entry.Sequence <= last)
            .Select(entry => entry.Sequence)
            .Order());
    }
}
