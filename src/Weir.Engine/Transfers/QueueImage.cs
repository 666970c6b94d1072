using System.Buffers;
using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>
/// A queue as it was at one moment, to be carried to another shard. Once taken, any thread may read it, as long as
/// <see cref="Segments"/> are kept.
/// </summary>
public sealed class QueueImage
{
    private readonly string _account;
    private readonly byte[] _head;
    private readonly ArrayBufferWriter<byte> _entryItems = new();
    private readonly List<(long Sequence, int Start, int Length, PayloadRef Payload)> _entries;
    private readonly BacklogSnapshot _backlog;
    private readonly Deque<Duplicate>.Snapshot _duplicates;

    /// <summary>On the shard's thread: it takes about a microsecond for each message that is leased, delayed or in
    /// a FIFO queue's window.</summary>
    internal QueueImage(Queue queue)
    {
        _account = queue.Name.Account;
        var head = new ArrayBufferWriter<byte>(CheckpointFormat.QueueBytesMax(queue));
        CheckpointFormat.WriteQueue(queue, head);
        CheckpointFormat.WriteDepartures(queue.Departures, head);
        if (queue is StandardQueue standard) CheckpointFormat.WriteFairness(standard.Groups, head);
        CheckpointFormat.WriteFlow(queue.Flow, head);
        _head = head.WrittenSpan.ToArray();
        _entries = new(queue.EntryCount);
        foreach (var entry in queue.EntriesByAge)
        {
            var start = _entryItems.WrittenCount;
            CheckpointFormat.WriteEntry(entry, _entryItems);
            _entries.Add((entry.Sequence, start, _entryItems.WrittenCount - start, entry.Message.Payload));
        }

        _backlog = queue.Backlog.TakeSnapshot();
        if (queue is FifoQueue fifo) _duplicates = fifo.Dedup.TakeSnapshot();
        MessageCount = queue.Count;
        Segments = SegmentsOfAll();
    }

    public long MessageCount { get; }

    /// <summary>Those of the log that its contents and runs lie in.</summary>
    public IReadOnlyCollection<uint> Segments { get; }

    /// <summary>What brings the queue to another shard, in this order.</summary>
    /// <param name="readLog">Reads the log that the image is of.</param>
    /// <param name="bytesMax">Of one command's records, unless a single message or run takes more.</param>
    /// <exception cref="StateCorruptException">A content or run does not match its checksum.</exception>
    public IEnumerable<ImportCommand> Read(ReadLog readLog, int bytesMax) =>
        ImportCommand.Divide(_account, Pieces(readLog), bytesMax);

    private IEnumerable<ImportPiece> Pieces(ReadLog readLog)
    {
        foreach (var piece in AccountExport.PiecesOf(_head)) yield return piece;
        _entries.Sort(static (left, right) => left.Sequence.CompareTo(right.Sequence));
        foreach (var (_, start, length, payload) in _entries)
        {
            var (_, item) = AccountExport.ItemAt(_entryItems.WrittenMemory.Slice(start, length));
            yield return new ImportPiece(ItemType.Entry, item, Payload.Read(payload, readLog));
        }

        for (var i = 0; i < _backlog.Front.Count; i++)
            yield return PieceOf(ItemType.FrontMessage, _backlog.Front[i], readLog);
        for (var i = 0; i < _backlog.Runs.Count; i++)
        {
            var messages = RunBlock.Read(_backlog.Runs[i], readLog);
            yield return new ImportPiece(
                messages, [.. messages.Select(message => Payload.Read(message.Payload, readLog))]);
        }

        for (var i = 0; i < _backlog.Tail.Count; i++)
            yield return PieceOf(ItemType.TailMessage, _backlog.Tail[i], readLog);
        for (var i = 0; i < _duplicates.Count; i++)
        {
            var duplicate = new ArrayBufferWriter<byte>();
            CheckpointFormat.WriteDuplicate(_duplicates[i], duplicate);
            var (_, item) = AccountExport.ItemAt(duplicate.WrittenMemory);
            yield return new ImportPiece(ItemType.Duplicate, item);
        }
    }

    private static ImportPiece PieceOf(ItemType type, in Message message, ReadLog readLog)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CheckpointFormat.WriteMessage(type, message, bytes);
        var (_, item) = AccountExport.ItemAt(bytes.WrittenMemory);
        return new ImportPiece(type, item, Payload.Read(message.Payload, readLog));
    }

    private HashSet<uint> SegmentsOfAll()
    {
        var segments = new HashSet<uint>();
        foreach (var entry in _entries) segments.Add(entry.Payload.Segment);
        for (var i = 0; i < _backlog.Front.Count; i++) segments.Add(_backlog.Front[i].Payload.Segment);
        for (var i = 0; i < _backlog.Tail.Count; i++) segments.Add(_backlog.Tail[i].Payload.Segment);
        for (var i = 0; i < _backlog.Runs.Count; i++)
        {
            segments.Add(_backlog.Runs[i].Block.Segment);
            foreach (var share in _backlog.Runs[i].Shares) segments.Add(share.Segment);
        }

        return segments;
    }
}
