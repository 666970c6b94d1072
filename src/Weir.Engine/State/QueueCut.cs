using System.Buffers;
using Weir.Engine.Queues;

namespace Weir.Engine.State;

/// <summary>
/// One queue as it was at one moment. Once it is complete, nothing that it refers to changes any more.
/// </summary>
internal sealed class QueueCut
{
    private readonly byte[] _queue;
    private readonly int _number;
    private readonly Deque<EntryCut> _entries = new();
    private Entry[] _toCopy;
    private int _next;
    private readonly BacklogSnapshot _backlog;
    private readonly Deque<Duplicate>.Snapshot _duplicates;

    public QueueCut(Queue queue)
    {
        QueueId = queue.Id;
        var buffer = new ArrayBufferWriter<byte>(CheckpointFormat.QueueBytesMax(queue));
        CheckpointFormat.WriteQueue(queue, buffer);
        _queue = buffer.WrittenSpan.ToArray();
        _number = queue.CutNumber;
        _toCopy = queue.EntriesByAge.ToArray();
        _backlog = queue.Backlog.TakeSnapshot();
        if (queue is FifoQueue fifo) _duplicates = fifo.Dedup.TakeSnapshot();
    }

    public long QueueId { get; }

    public bool IsComplete => _next == _toCopy.Length;

    /// <summary>An entry that is about to change.</summary>
    public void Add(in EntryCut entry) => _entries.Append(entry);

    /// <summary>Copies some of the entries that have not changed since; the number looked at.</summary>
    public int Continue(long entriesMax)
    {
        var end = (int)Math.Min(_toCopy.Length, _next + entriesMax);
        var start = _next;
        for (; _next < end; _next++)
        {
            var entry = _toCopy[_next];
            if (entry.CutNumber == _number) continue;
            entry.CutNumber = _number;
            _entries.Append(EntryCut.Of(entry));
        }

        if (IsComplete) (_toCopy, _next) = ([], 0);
        return end - start;
    }

    public void Write(IBufferWriter<byte> output)
    {
        output.Write(_queue);
        foreach (var place in PlacesBySequence()) CheckpointFormat.WriteEntry(_entries[place], output);
        for (var i = 0; i < _backlog.Front.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.FrontMessage, _backlog.Front[i], output);
        for (var i = 0; i < _backlog.Runs.Count; i++) CheckpointFormat.WriteRun(_backlog.Runs[i], output);
        for (var i = 0; i < _backlog.Tail.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.TailMessage, _backlog.Tail[i], output);
        for (var i = 0; i < _duplicates.Count; i++) CheckpointFormat.WriteDuplicate(_duplicates[i], output);
    }

    private int[] PlacesBySequence()
    {
        var (places, sequences) = (new int[_entries.Count], new long[_entries.Count]);
        for (var i = 0; i < places.Length; i++) (places[i], sequences[i]) = (i, _entries[i].Message.Sequence);
        Array.Sort(sequences, places);
        return places;
    }
}

/// <summary>An entry's fields.</summary>
/// <param name="Attempt">The receive with an attempt id that leased it; nothing of that changes any more.</param>
internal readonly record struct EntryCut(
    Message Message, EntryState State, long LeasedUnixMs, ReceiveAttempt? Attempt)
{
    public static EntryCut Of(Entry entry) => new(entry.Message, entry.State, entry.LeasedUnixMs, entry.Attempt);
}
