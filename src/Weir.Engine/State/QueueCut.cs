using System.Buffers;
using Weir.Engine.Queues;

namespace Weir.Engine.State;

/// <summary>One queue as it was when it was copied; nothing that it refers to changes any more.</summary>
internal sealed class QueueCut
{
    private readonly byte[] _queue;
    private readonly EntryCut[] _entries;
    private readonly BacklogSnapshot _backlog;
    private readonly Deque<Duplicate>.Snapshot _duplicates;

    public QueueCut(Queue queue)
    {
        QueueId = queue.Id;
        var buffer = new ArrayBufferWriter<byte>(CheckpointFormat.QueueBytesMax(queue));
        CheckpointFormat.WriteQueue(queue, buffer);
        _queue = buffer.WrittenSpan.ToArray();
        _entries = queue.EntryCount == 0 ? [] : new EntryCut[queue.EntryCount];
        var next = 0;
        foreach (var entry in queue.Entries) _entries[next++] = EntryCut.Of(entry, queue as FifoQueue);
        _backlog = queue.Backlog.TakeSnapshot();
        if (queue is FifoQueue fifo) _duplicates = fifo.Dedup.TakeSnapshot();
    }

    public long QueueId { get; }

    public void Write(IBufferWriter<byte> output)
    {
        output.Write(_queue);
        Array.Sort(_entries, static (left, right) => left.Message.Sequence.CompareTo(right.Message.Sequence));
        foreach (var entry in _entries) CheckpointFormat.WriteEntry(entry, output);
        for (var i = 0; i < _backlog.Front.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.FrontMessage, _backlog.Front[i], output);
        for (var i = 0; i < _backlog.Runs.Count; i++) CheckpointFormat.WriteRun(_backlog.Runs[i], output);
        for (var i = 0; i < _backlog.Tail.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.TailMessage, _backlog.Tail[i], output);
        for (var i = 0; i < _duplicates.Count; i++) CheckpointFormat.WriteDuplicate(_duplicates[i], output);
    }
}

/// <summary>An entry's fields.</summary>
internal readonly record struct EntryCut(
    Message Message, EntryState State, long LeasedUnixMs, string? AttemptId, long AttemptUntilUnixMs)
{
    public static EntryCut Of(Entry entry, FifoQueue? fifo)
    {
        var attempt = entry.Attempt is { } last && fifo!.Attempts.IsRemembered(last) ? last : null;
        return new EntryCut(
            entry.Message, entry.State, entry.LeasedUnixMs, attempt?.Id, attempt?.UntilUnixMs ?? 0);
    }
}
