using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine;

/// <summary>Something that lies in a segment which is to be emptied.</summary>
/// <param name="Sequence">Of the message; of its first message for a run.</param>
/// <param name="Location">Of the message's content; of the run's block.</param>
public readonly record struct Relocation(long QueueId, long Sequence, PayloadRef Location, bool IsRun);

/// <summary>
/// Looks through the queues, a few at a time, for what the state refers to in some segments. Messages that change
/// queues meanwhile may be missed; their segment then stays for the next time.
/// </summary>
public sealed class CompactionScan
{
    /// <summary>Entries, and runs, that are looked at in about the time that a queue without any takes.</summary>
    private const int EntriesPerUnit = 16;

    /// <summary>Messages in memory lie side by side, and are looked at faster.</summary>
    private const int MessagesPerUnit = 128;

    private readonly ShardState _state;
    private readonly IReadOnlySet<uint> _segments;
    private readonly long[] _queueIds;
    private readonly List<Relocation> _found = [];
    private int _next;

    internal CompactionScan(ShardState state, IReadOnlySet<uint> segments)
    {
        (_state, _segments) = (state, segments);
        _queueIds = [.. state.Queues.Select(queue => queue.Id)];
    }

    public bool IsComplete => _next == _queueIds.Length;

    public IReadOnlyList<Relocation> Found => _found;

    /// <summary>Looks through some more queues; the shard's thread.</summary>
    /// <param name="units">About as many queues with few messages; a unit is about a microsecond.</param>
    public void Continue(int units)
    {
        while (!IsComplete && units > 0)
        {
            units--;
            if (_state.PeekById(_queueIds[_next++]) is not { Count: > 0 } queue) continue;
            var backlog = queue.Backlog;
            units -= ((queue.EntryCount + backlog.RunCount) / EntriesPerUnit) + (backlog.HotCount / MessagesPerUnit);
            foreach (var entry in queue.Entries) Look(queue, entry.Message);
            for (var i = 0; i < backlog.HotCount; i++) Look(queue, backlog.Hot(i));
            for (var i = 0; i < backlog.RunCount; i++) Look(queue, backlog.GetRun(i));
        }
    }

    private void Look(Queue queue, in Message message)
    {
        if (_segments.Contains(message.Payload.Segment))
            _found.Add(new Relocation(queue.Id, message.Sequence, message.Payload, IsRun: false));
    }

    private void Look(Queue queue, Run run)
    {
        var isThere = _segments.Contains(run.Block.Segment);
        foreach (var share in run.Shares) isThere |= _segments.Contains(share.Segment);
        if (isThere) _found.Add(new Relocation(queue.Id, run.FirstSequence, run.Block, IsRun: true));
    }
}
