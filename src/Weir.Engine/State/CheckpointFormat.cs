using System.Buffers;
using System.Buffers.Binary;
using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.State;

internal enum ItemType : byte
{
    Header = 1,
    DeletedName = 2,
    Queue = 3,
    Entry = 4,
    Duplicate = 5,
    Attempt = 6,
    MoveTask = 7,
}

/// <summary>
/// The whole state as a sequence of items, each framed like a record. The same state always gives the same bytes, so
/// two shards are equal when their checkpoints are.
/// </summary>
internal static class CheckpointFormat
{
    /// <summary>Raised with each change of what an item holds; an older version must stay readable.</summary>
    public const int Version = 1;

    private const int ItemHeaderLength = sizeof(int) + 1;

    private delegate void Fill<in T>(ref SpanWriter writer, T item);

    public static void Write(ShardState state, IBufferWriter<byte> output)
    {
        Item(output, ItemType.Header, 20, state, CheckpointItems.WriteHeader);
        foreach (var (name, deletedUnixMs) in state.DeletedNames)
        {
            Item(output, ItemType.DeletedName, SpanWriter.BytesMax(name) + 8, (name, deletedUnixMs),
                static (ref SpanWriter writer, (QueueName Name, long UnixMs) item) =>
                {
                    writer.Name(item.Name);
                    writer.Int64(item.UnixMs);
                });
        }

        foreach (var queue in state.Queues.OrderBy(queue => queue.Id)) WriteQueue(queue, output);
        foreach (var task in state.Tasks.OrderBy(task => task.TaskId))
        {
            var bytesMax = 128 + SpanWriter.BytesMax(task.Source) + SpanWriter.BytesMax(task.Destination)
                + SpanWriter.BytesMax(task.FailureReason);
            Item(output, ItemType.MoveTask, bytesMax, task, CheckpointItems.WriteMoveTask);
        }
    }

    public static void Read(ShardState state, ReadOnlySequence<byte> body)
    {
        var input = new SequenceReader<byte>(body);
        Queue? queue = null;
        var scratch = Array.Empty<byte>();
        var seenHeader = false;
        while (!input.End)
        {
            if (!input.TryReadLittleEndian(out int length) || length < 1 || length > input.Remaining)
                throw new StateCorruptException($"a checkpoint item of {length} bytes at {input.Consumed}");
            if (scratch.Length < length) scratch = new byte[Math.Max(length, 2 * scratch.Length)];
            var item = scratch.AsSpan(0, length);
            input.TryCopyTo(item);
            input.Advance(length);
            var type = (ItemType)item[0];
            if (seenHeader != (type != ItemType.Header))
                throw new StateCorruptException("a checkpoint that does not begin with its only header");
            seenHeader = true;
            var reader = new SpanReader(item[1..], 0, 0);
            ReadItem(type, ref reader, state, ref queue);
            if (reader.Remaining != 0)
                throw new StateCorruptException($"a checkpoint item of type {type}, {reader.Remaining} bytes too long");
        }

        if (!seenHeader) throw new StateCorruptException("a checkpoint without a header");
    }

    private static void ReadItem(ItemType type, ref SpanReader reader, ShardState state, ref Queue? queue)
    {
        switch (type)
        {
            case ItemType.Header: CheckpointItems.ReadHeader(ref reader, state); break;
            case ItemType.DeletedName: state.DeletedNames[reader.NameRequired()] = reader.Int64(); break;
            case ItemType.Queue: queue = CheckpointItems.ReadQueue(ref reader, state); break;
            case ItemType.Entry: Current(queue).Add(CheckpointItems.ReadEntry(ref reader)); break;
            case ItemType.Duplicate: Fifo(queue).Dedup.Add(CheckpointItems.ReadDuplicate(ref reader)); break;
            case ItemType.Attempt: Fifo(queue).Remember(CheckpointItems.ReadAttempt(ref reader)); break;
            case ItemType.MoveTask: state.Add(CheckpointItems.ReadMoveTask(ref reader)); break;
            default: throw new StateCorruptException($"a checkpoint item of type {(byte)type}");
        }
    }

    private static void WriteQueue(Queue queue, IBufferWriter<byte> output)
    {
        var bytesMax = 64 + SpanWriter.BytesMax(queue.Name) + QueueConfigFormat.BytesMax(queue.Config)
            + TextMapFormat.BytesMax(queue.Tags);
        Item(output, ItemType.Queue, bytesMax, queue, CheckpointItems.WriteQueue);
        for (var entry = queue.First; entry is not null; entry = entry.Next)
        {
            var entryMax = 128 + SpanWriter.BytesMax(entry.GroupId) + SpanWriter.BytesMax(entry.DeduplicationId)
                + SpanWriter.BytesMax(entry.DeadLetterSource);
            Item(output, ItemType.Entry, entryMax, entry, CheckpointItems.WriteEntry);
        }

        if (queue is not FifoQueue fifo) return;
        foreach (var duplicate in fifo.Dedup.Items)
        {
            var duplicateMax = 48 + SpanWriter.BytesMax(duplicate.GroupId) + SpanWriter.BytesMax(duplicate.Id);
            Item(output, ItemType.Duplicate, duplicateMax, duplicate, CheckpointItems.WriteDuplicate);
        }

        foreach (var attempt in fifo.Attempts.Items)
        {
            var attemptMax = 16 + SpanWriter.BytesMax(attempt.Id) + (12 * attempt.Leases.Length);
            Item(output, ItemType.Attempt, attemptMax, attempt, CheckpointItems.WriteAttempt);
        }
    }

    private static void Item<T>(IBufferWriter<byte> output, ItemType type, int bytesMax, T item, Fill<T> fill)
    {
        var span = output.GetSpan(ItemHeaderLength + bytesMax);
        var writer = new SpanWriter(span[ItemHeaderLength..], 0, 0);
        fill(ref writer, item);
        BinaryPrimitives.WriteInt32LittleEndian(span, writer.Position + 1);
        span[sizeof(int)] = (byte)type;
        output.Advance(ItemHeaderLength + writer.Position);
    }

    private static Queue Current(Queue? queue) =>
        queue ?? throw new StateCorruptException("a checkpoint item before its queue");

    private static FifoQueue Fifo(Queue? queue) =>
        Current(queue) as FifoQueue ?? throw new StateCorruptException("a FIFO queue's item in a standard queue");
}
