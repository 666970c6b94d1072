using System.Buffers;
using System.Buffers.Binary;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.State;

/// <summary>
/// The whole state as a sequence of items, each framed like a record: a header, deleted names, then each queue with its
/// departures, its entries, its backlog from front to tail and its deduplication ids, at last the move tasks. The same
/// state always gives the same bytes, so two shards are equal when their checkpoints are.
/// </summary>
internal static class CheckpointFormat
{
    /// <summary>Raised with each change of what an item holds; a released version must stay readable.</summary>
    public const int Version = 6;

    /// <summary>The oldest that is read: without definitions.</summary>
    public const int VersionMin = 2;

    /// <summary>Has definitions, as those after it; 4 has departures, 5 noisy groups and flow control, 6
    /// leases of the broker.</summary>
    public const int VersionWithDefinitions = 3;

    private const int ItemHeaderLength = sizeof(int) + 1;

    private delegate void Fill<T>(ref SpanWriter writer, in T item);

    public static void WriteHead(ShardState state, IBufferWriter<byte> output)
    {
        Item(output, ItemType.Header, 28, state, CheckpointItems.WriteHeader);
        WriteDeletedNames(state.DeletedNames, output);
    }

    public static void WriteDeletedNames(
        IEnumerable<KeyValuePair<QueueName, long>> names, IBufferWriter<byte> output)
    {
        foreach (var (name, deletedUnixMs) in names)
        {
            Item(output, ItemType.DeletedName, SpanWriter.BytesMax(name) + 8, (name, deletedUnixMs),
                static (ref SpanWriter writer, in (QueueName Name, long UnixMs) item) =>
                {
                    writer.Name(item.Name);
                    writer.Int64(item.UnixMs);
                });
        }
    }

    public static void WriteMoveTasks(IEnumerable<MoveTask> tasks, IBufferWriter<byte> output)
    {
        foreach (var task in tasks.OrderBy(task => task.TaskId))
        {
            var bytesMax = 128 + SpanWriter.BytesMax(task.Source) + SpanWriter.BytesMax(task.Destination)
                + SpanWriter.BytesMax(task.FailureReason);
            Item(output, ItemType.MoveTask, bytesMax, task, CheckpointItems.WriteMoveTask);
            if (task.Filter is not { } filter) continue;
            Item(output, ItemType.MoveTaskFilter, 24 + SpanWriter.BytesMax(filter), task,
                CheckpointItems.WriteMoveTaskFilter);
        }
    }

    public static void WriteDefinitions(DefinitionCatalog definitions, IBufferWriter<byte> output) =>
        WriteDefinitions(definitions.Scopes, output);

    public static void WriteDefinitions(IEnumerable<DefinitionScope> scopes, IBufferWriter<byte> output)
    {
        foreach (var scope in scopes)
        {
            foreach (var (name, definition) in scope.Items)
            {
                var bytesMax = scope.Name.BytesMax + SpanWriter.BytesMax(name) + sizeof(long) + sizeof(int)
                    + definition.Value.Length;
                Item(output, ItemType.Definition, bytesMax, (scope.Name, name, definition),
                    CheckpointItems.WriteDefinition);
            }
        }
    }

    public static int QueueBytesMax(Queue queue) =>
        ItemHeaderLength + 80 + SpanWriter.BytesMax(queue.Name) + QueueConfigFormat.BytesMax(queue.Config)
        + TextMapFormat.BytesMax(queue.Tags);

    public static void WriteQueue(Queue queue, IBufferWriter<byte> output) =>
        Item(output, ItemType.Queue, QueueBytesMax(queue) - ItemHeaderLength, queue, CheckpointItems.WriteQueue);

    public static void WriteDepartures(Departures departures, IBufferWriter<byte> output)
    {
        if (departures.IsEmpty) return;
        var bytesMax = sizeof(long) + sizeof(int) + (CheckpointItems.DepartureBytes * departures.Count);
        Item(output, ItemType.Departures, bytesMax, departures, CheckpointItems.WriteDepartures);
    }

    public static void WriteFairness(FairGroups groups, IBufferWriter<byte> output)
    {
        if (groups.Processing.IsEmpty && groups.Marks.Count == 0) return;
        var (previous, current) = groups.Processing.Minutes;
        var bytesMax = 40 + ((previous.Slots.Count + current.Slots.Count) * CheckpointItems.SlotBytes);
        foreach (var (groupId, _) in groups.Marks.All) bytesMax += SpanWriter.BytesMax(groupId) + (2 * sizeof(long));
        Item(output, ItemType.Fairness, bytesMax, groups, CheckpointItems.WriteFairness);
    }

    public static void WriteFlow(FlowState flow, IBufferWriter<byte> output)
    {
        if (!flow.IsEmpty) Item(output, ItemType.Flow, 5 * sizeof(long), flow, CheckpointItems.WriteFlow);
    }

    public static int EntryBytesMax(Entry entry) =>
        ItemHeaderLength + 32 + entry.Message.BytesMax + SpanWriter.BytesMax(entry.Attempt?.Id);

    public static void WriteEntry(Entry entry, IBufferWriter<byte> output) =>
        Item(output, ItemType.Entry, EntryBytesMax(entry) - ItemHeaderLength, entry, CheckpointItems.WriteEntry);

    public static void WriteMessage(ItemType type, in Message message, IBufferWriter<byte> output) =>
        Item(output, type, message.BytesMax, message,
            static (ref SpanWriter writer, in Message item) => item.Write(ref writer));

    public static void WriteRun(Run run, IBufferWriter<byte> output) =>
        Item(output, ItemType.Run, run.BytesMax, run, CheckpointItems.WriteRun);

    public static void WriteDuplicate(in Duplicate duplicate, IBufferWriter<byte> output) =>
        Item(output, ItemType.Duplicate, 48, duplicate, CheckpointItems.WriteDuplicate);

    /// <param name="read">Fills a span with the next bytes; false at the end, before the first of them.</param>
    public static void Read(ShardState state, ReadCheckpoint read)
    {
        Queue? queue = null;
        Span<byte> head = stackalloc byte[sizeof(int)];
        var scratch = Array.Empty<byte>();
        var seenHeader = false;
        while (read(head))
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is < 1 or > ItemBytesMax)
                throw new StateCorruptException($"a checkpoint item of {length} bytes");
            if (scratch.Length < length) scratch = new byte[Math.Max(length, 2 * scratch.Length)];
            var item = scratch.AsSpan(0, length);
            if (!read(item)) throw new StateCorruptException("a checkpoint that ends within an item");
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
        foreach (var each in state.Queues) each.Tally();
    }

    /// <summary>More than a queue with the largest configuration takes.</summary>
    private const int ItemBytesMax = 4 << 20;

    private static void ReadItem(ItemType type, ref SpanReader reader, ShardState state, ref Queue? queue)
    {
        switch (type)
        {
            case ItemType.Header: CheckpointItems.ReadHeader(ref reader, state); break;
            case ItemType.DeletedName: state.DeletedNames[reader.NameRequired()] = reader.Int64(); break;
            case ItemType.Queue: state.Add(queue = CheckpointItems.ReadQueue(ref reader, state)); break;
            case ItemType.Run: Current(queue).Backlog.Restore(CheckpointItems.ReadRun(ref reader)); break;
            case ItemType.Definition:
                var (scope, item, definition) = CheckpointItems.ReadDefinition(ref reader);
                state.Define(scope, item, definition);
                break;
            case ItemType.MoveTask: state.Add(CheckpointItems.ReadMoveTask(ref reader)); break;
            case ItemType.MoveTaskFilter: CheckpointItems.ReadMoveTaskFilter(ref reader, state.GetTask); break;
            default: ReadItemOf(Current(queue), type, ref reader, payload: null); break;
        }
    }

    /// <summary>Reads what belongs to a queue.</summary>
    /// <param name="payload">Where a message's content lies, if not where the item says.</param>
    public static void ReadItemOf(Queue queue, ItemType type, ref SpanReader reader, PayloadRef? payload)
    {
        switch (type)
        {
            case ItemType.Entry: CheckpointItems.ReadEntry(ref reader, queue, payload); break;
            case ItemType.FrontMessage:
                queue.Backlog.Restore(CheckpointItems.ReadMessage(ref reader, payload), isTail: false);
                break;
            case ItemType.TailMessage:
                queue.Backlog.Restore(CheckpointItems.ReadMessage(ref reader, payload), isTail: true);
                break;
            case ItemType.Duplicate: Fifo(queue).Dedup.Add(CheckpointItems.ReadDuplicate(ref reader)); break;
            case ItemType.Departures: CheckpointItems.ReadDepartures(ref reader, queue); break;
            case ItemType.Fairness: CheckpointItems.ReadFairness(ref reader, queue); break;
            case ItemType.Flow: CheckpointItems.ReadFlow(ref reader, queue.Flow); break;
            default: throw new StateCorruptException($"a checkpoint item of type {(byte)type}");
        }
    }

    private static void Item<T>(IBufferWriter<byte> output, ItemType type, int bytesMax, in T item, Fill<T> fill)
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

    private static FifoQueue Fifo(Queue queue) =>
        queue as FifoQueue ?? throw new StateCorruptException("a FIFO queue's item in a standard queue");
}

/// <summary>The types of items. A number is for ever: it is on disk.</summary>
internal enum ItemType : byte
{
    Header = 1,
    DeletedName = 2,
    Queue = 3,
    MoveTask = 7,
    Entry = 8,
    FrontMessage = 9,
    Run = 10,
    TailMessage = 11,
    Duplicate = 12,
    Definition = 13,
    Departures = 14,
    Fairness = 15,
    Flow = 16,
    MoveTaskFilter = 17,
}
