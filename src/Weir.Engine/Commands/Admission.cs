using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Whether a queue takes more by its own limits, and what makes room when it does.</summary>
// A queue that evicts takes a message as long as it has an older waiting one to evict. It may be over its limits all
// the same: when they were lowered, by the bytes of a message that are more than those of the evicted, and a FIFO queue
// by what one publication brings. What comes next evicts on.
internal static class Admission
{
    /// <summary>Evictions of one command beside one for each message that it brings; bounds its records.</summary>
    public const int EvictionsMax = 16;

    /// <summary>What the record of an eviction takes.</summary>
    public const int EvictionBytes = 48;

    /// <summary>Why the queue does not take messages of so many bytes together; null when it does.</summary>
    /// <param name="sentSequence">The first of those that the command sends: they do not make room.</param>
    public static Fault? Check(Shard shard, Queue queue, long messages, long bytes, long sentSequence)
    {
        if (!queue.Config.Flow.HasLimit) return null;
        if (queue.LimitReached(messages, bytes) is not { } hold)
        {
            queue.Flow.FullUnixMs = null;
            return null;
        }

        queue.Flow.FullUnixMs ??= shard.NowUnixMs;
        if (CanMakeRoom(shard, queue, messages, bytes, sentSequence)) return null;
        queue.Flow.Refused += messages;
        return new Fault(FaultCode.QueueFull, Describe(queue, hold));
    }

    /// <summary>The same, asked without sending: nobody is refused.</summary>
    public static bool Takes(Shard shard, Queue queue, long bytes) =>
        queue.LimitReached(1, bytes) is null || CanMakeRoom(shard, queue, 1, bytes, queue.NextSequence);

    /// <summary>Evicts the oldest waiting messages while the queue is over its limits.</summary>
    /// <param name="sentSequence">The first of those that were just sent: they stay.</param>
    public static void MakeRoom(Shard shard, Queue queue, long sentSequence, ref int evictions)
    {
        var overflow = queue.Config.Flow.Overflow;
        if (!queue.Config.Flow.HasLimit || overflow == OverflowPolicy.Reject) return;
        var target = overflow == OverflowPolicy.DeadLetterOldest ? DeadLetters.TargetOf(shard, queue) : null;
        while (evictions > 0 && queue.LimitReached(0, 0) is not null
            && queue.TryPeekReady(out var oldest) && oldest.Sequence < sentSequence)
        {
            if (overflow == OverflowPolicy.DeadLetterOldest
                && (target is null || !Takes(shard, target, oldest.Payload.Length)))
                return;
            evictions--;
            var sequence = target?.NextSequence ?? 0;
            shard.Emit(new MessageEvicted(queue.Id, oldest.Sequence, IsExpired: false, target?.Id ?? 0, sequence));
            if (target is not null) MakeRoom(shard, target, sequence, ref evictions);
        }
    }

    private static bool CanMakeRoom(Shard shard, Queue queue, long messages, long bytes, long sentSequence)
    {
        var flow = queue.Config.Flow;
        if (flow.Overflow == OverflowPolicy.Reject || bytes > flow.BytesMax) return false;
        if (!queue.TryPeekReady(out var oldest) || oldest.Sequence >= sentSequence) return false;
        if (queue.Count + messages - flow.MessagesMax > queue.Counters.Visible) return false;
        if (flow.Overflow == OverflowPolicy.DropOldest) return true;
        return DeadLetters.TargetOf(shard, queue) is { } target && TakesDeadLetter(target, oldest.Payload.Length);
    }

    private static bool TakesDeadLetter(Queue target, long bytes) =>
        target.LimitReached(1, bytes) is null
        || (target.Config.Flow.Overflow == OverflowPolicy.DropOldest && target.TryPeekReady(out _));

    private static string Describe(Queue queue, FlowHold hold)
    {
        var (limit, unit) = hold.Limit == FlowLimit.MaxMessages
            ? ("WeirMaxMessages", "messages")
            : ("WeirMaxBytes", "bytes");
        var why = queue.Config.Flow.Overflow == OverflowPolicy.Reject
            ? "send again when some were received and deleted"
            : "and nothing waits that could make room";
        return $"The queue {queue.Name.Name} is full: {hold.Value} {unit}, where {limit} is {hold.Max}; {why}.";
    }
}
