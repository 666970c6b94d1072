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
    private readonly CutBuffer _buffer;
    private readonly Deque<(long Sequence, long Place)> _entries = new();
    private Entry[] _toCopy;
    private int _next;
    private readonly BacklogSnapshot _backlog;
    private readonly Deque<Duplicate>.Snapshot _duplicates;

    public QueueCut(Queue queue, CutBuffer buffer)
    {
        _buffer = buffer;
        QueueId = queue.Id;
        var bytes = new ArrayBufferWriter<byte>(CheckpointFormat.QueueBytesMax(queue));
        CheckpointFormat.WriteQueue(queue, bytes);
        CheckpointFormat.WriteDepartures(queue.Departures, bytes);
        if (queue is StandardQueue standard) CheckpointFormat.WriteFairness(standard.Groups, bytes);
        CheckpointFormat.WriteFlow(queue.Flow, bytes);
        _queue = bytes.WrittenSpan.ToArray();
        _number = queue.CutNumber;
        _toCopy = queue.EntriesByAge.ToArray();
        _backlog = queue.Backlog.TakeSnapshot();
        if (queue is FifoQueue fifo) _duplicates = fifo.Dedup.TakeSnapshot();
    }

    public long QueueId { get; }

    public bool IsComplete => _next == _toCopy.Length;

    /// <summary>An entry that is about to change.</summary>
    public void Add(Entry entry)
    {
        entry.CutNumber = _number;
        var place = _buffer.Begin(CheckpointFormat.EntryBytesMax(entry));
        CheckpointFormat.WriteEntry(entry, _buffer);
        _entries.Append((entry.Sequence, place));
    }

    /// <summary>Copies some of the entries that have not changed since; the number looked at.</summary>
    public int Continue(long entriesMax)
    {
        var end = (int)Math.Min(_toCopy.Length, _next + entriesMax);
        var start = _next;
        for (; _next < end; _next++)
        {
            var entry = _toCopy[_next];
            if (entry.CutNumber != _number) Add(entry);
        }

        if (IsComplete) (_toCopy, _next) = ([], 0);
        return end - start;
    }

    public void Write(IBufferWriter<byte> output)
    {
        output.Write(_queue);
        foreach (var place in PlacesBySequence()) output.Write(_buffer.Item(place));
        for (var i = 0; i < _backlog.Front.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.FrontMessage, _backlog.Front[i], output);
        for (var i = 0; i < _backlog.Runs.Count; i++) CheckpointFormat.WriteRun(_backlog.Runs[i], output);
        for (var i = 0; i < _backlog.Tail.Count; i++)
            CheckpointFormat.WriteMessage(ItemType.TailMessage, _backlog.Tail[i], output);
        for (var i = 0; i < _duplicates.Count; i++) CheckpointFormat.WriteDuplicate(_duplicates[i], output);
    }

    private long[] PlacesBySequence()
    {
        var (places, sequences) = (new long[_entries.Count], new long[_entries.Count]);
        for (var i = 0; i < places.Length; i++) (sequences[i], places[i]) = _entries[i];
        Array.Sort(sequences, places);
        return places;
    }
}
