using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.State;

/// <summary>The fields of each checkpoint item.</summary>
internal static class CheckpointItems
{
    public static void WriteHeader(ref SpanWriter writer, ShardState state)
    {
        writer.Int32(CheckpointFormat.Version);
        writer.Int64(state.NowUnixMs);
        writer.Int64(state.NextQueueId);
    }

    public static void ReadHeader(ref SpanReader reader, ShardState state)
    {
        var version = reader.Int32();
        if (version < 1 || version > CheckpointFormat.Version)
        {
            throw new StateCorruptException(
                $"a checkpoint of version {version}; this Weir knows 1 to {CheckpointFormat.Version}");
        }

        state.NowUnixMs = reader.Int64();
        state.NextQueueId = reader.Int64();
    }

    public static void WriteQueue(ref SpanWriter writer, Queue queue)
    {
        writer.Int64(queue.Id);
        writer.Name(queue.Name);
        QueueConfigFormat.Write(ref writer, queue.Config);
        TextMapFormat.Write(ref writer, queue.Tags);
        writer.Int64(queue.CreatedUnixMs);
        writer.Int64(queue.ModifiedUnixMs);
        writer.Int64(queue.Revision);
        writer.Int64(queue.PurgedUnixMs ?? -1);
        writer.Int64(queue.NextSequence);
    }

    public static Queue ReadQueue(ref SpanReader reader, ShardState state)
    {
        var id = reader.Int64();
        var name = reader.NameRequired();
        var config = QueueConfigFormat.Read(ref reader);
        Queue queue = config.IsFifo ? new FifoQueue(id, name, state) : new StandardQueue(id, name, state);
        queue.Configure(config);
        queue.Tags = TextMapFormat.Read(ref reader);
        queue.CreatedUnixMs = reader.Int64();
        queue.ModifiedUnixMs = reader.Int64();
        queue.Revision = reader.Int64();
        queue.PurgedUnixMs = reader.Int64() is var purged and not -1 ? purged : null;
        queue.NextSequence = reader.Int64();
        state.Add(queue);
        return queue;
    }

    public static void WriteEntry(ref SpanWriter writer, Entry entry)
    {
        writer.Id(entry.MessageId);
        writer.Int64(entry.Sequence);
        writer.Location(entry.Payload);
        writer.Int64(entry.SentUnixMs);
        writer.Byte((byte)entry.State);
        writer.Int32(entry.ReceiveCount);
        writer.Int64(entry.FirstReceivedUnixMs);
        writer.Int64(entry.LeasedUnixMs);
        writer.Int64(entry.VisibleUnixMs);
        writer.Text(entry.GroupId);
        writer.Text(entry.DeduplicationId);
        writer.Name(entry.DeadLetterSource);
    }

    public static Entry ReadEntry(ref SpanReader reader) => new()
    {
        MessageId = reader.Id(),
        Sequence = reader.Int64(),
        Payload = reader.Location(),
        SentUnixMs = reader.Int64(),
        State = (EntryState)reader.Byte((byte)EntryState.Leased),
        ReceiveCount = reader.Int32(),
        FirstReceivedUnixMs = reader.Int64(),
        LeasedUnixMs = reader.Int64(),
        VisibleUnixMs = reader.Int64(),
        GroupId = reader.Text(),
        DeduplicationId = reader.Text(),
        DeadLetterSource = reader.Name(),
    };

    public static void WriteDuplicate(ref SpanWriter writer, Duplicate duplicate)
    {
        writer.Text(duplicate.GroupId);
        writer.Text(duplicate.Id);
        writer.Id(duplicate.MessageId);
        writer.Int64(duplicate.Sequence);
        writer.Int64(duplicate.UntilUnixMs);
    }

    public static Duplicate ReadDuplicate(ref SpanReader reader) =>
        new(reader.Text(), reader.TextRequired(), reader.Id(), reader.Int64(), reader.Int64());

    public static void WriteAttempt(ref SpanWriter writer, ReceiveAttempt attempt)
    {
        writer.Text(attempt.Id);
        ReceiveAttempted.WriteLeases(ref writer, attempt.Leases);
        writer.Int64(attempt.UntilUnixMs);
        writer.Bool(attempt.IsSpent);
    }

    public static ReceiveAttempt ReadAttempt(ref SpanReader reader) =>
        new(reader.TextRequired(), ReceiveAttempted.ReadLeases(ref reader), reader.Int64())
        {
            IsSpent = reader.Bool(),
        };

    public static void WriteMoveTask(ref SpanWriter writer, MoveTask task)
    {
        writer.Id(task.TaskId);
        writer.Int64(task.SourceId);
        writer.Name(task.Source);
        writer.Name(task.Destination);
        writer.Int32(task.RatePerSecond);
        writer.Int64(task.ToMove);
        writer.Int64(task.StartedUnixMs);
        writer.Int64(task.Moved);
        writer.Byte((byte)task.Status);
        writer.Text(task.FailureReason);
    }

    public static MoveTask ReadMoveTask(ref SpanReader reader) => new()
    {
        TaskId = reader.Id(),
        SourceId = reader.Int64(),
        Source = reader.NameRequired(),
        Destination = reader.Name(),
        RatePerSecond = reader.Int32(),
        ToMove = reader.Int64(),
        StartedUnixMs = reader.Int64(),
        Moved = reader.Int64(),
        Status = (MoveTaskStatus)reader.Byte((byte)MoveTaskStatus.Failed),
        FailureReason = reader.Text(),
    };
}
