using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.State;

/// <summary>The fields of each checkpoint item.</summary>
internal static class CheckpointItems
{
    public const int DepartureBytes = (3 * sizeof(long)) + 1;

    /// <summary>What is written for <see cref="EntryState.Leased"/> when the broker leased it.</summary>
    private const byte LeasedByBroker = 3;

    public const int SlotBytes = sizeof(int) + sizeof(long);

    public static void WriteHeader(ref SpanWriter writer, in ShardState state)
    {
        writer.Int32(CheckpointFormat.Version);
        writer.Int64(state.NowUnixMs);
        writer.Int64(state.NextQueueId);
        writer.Int64(state.DefinitionRevision);
    }

    public static void ReadHeader(ref SpanReader reader, ShardState state)
    {
        var version = reader.Int32();
        if (version is < CheckpointFormat.VersionMin or > CheckpointFormat.Version)
        {
            throw new StateCorruptException($"a checkpoint of version {version}; this Weir knows "
                + $"{CheckpointFormat.VersionMin} to {CheckpointFormat.Version}");
        }

        state.NowUnixMs = reader.Int64();
        state.NextQueueId = reader.Int64();
        if (version >= CheckpointFormat.VersionWithDefinitions) state.DefinitionRevision = reader.Int64();
    }

    public static void WriteDefinition(
        ref SpanWriter writer, in (ScopeName Scope, string Item, Definition Definition) item)
    {
        item.Scope.Write(ref writer);
        writer.Text(item.Item);
        writer.Int64(item.Definition.Revision);
        writer.Blob(item.Definition.Value.Span);
    }

    public static (ScopeName Scope, string Item, Definition Definition) ReadDefinition(ref SpanReader reader)
    {
        var (scope, item) = (ScopeName.Read(ref reader), reader.TextRequired());
        var revision = reader.Int64();
        return (scope, item, new Definition(reader.Bytes(reader.Int32()).ToArray(), revision));
    }

    public static void WriteQueue(ref SpanWriter writer, in Queue queue)
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
        writer.Int64(queue.Backlog.NewestSentUnixMs);
    }

    /// <summary>The queue, empty, and not in the state yet.</summary>
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
        queue.Backlog.NewestSentUnixMs = reader.Int64();
        return queue;
    }

    public static void WriteDepartures(ref SpanWriter writer, in Departures departures)
    {
        writer.Int64(departures.Floor);
        writer.Int32(departures.Count);
        for (var i = 0; i < departures.Count; i++)
        {
            ref readonly var departure = ref departures[i];
            writer.Int64(departure.Sequence);
            writer.Byte((byte)departure.Kind);
            writer.Int64(departure.ToQueueId);
            writer.Int64(departure.ToSequence);
        }
    }

    public static void ReadDepartures(ref SpanReader reader, Queue queue)
    {
        queue.Departures.Floor = reader.Int64();
        var count = reader.Int32();
        if (count < 0 || count > reader.Remaining / DepartureBytes)
            throw new StateCorruptException($"{count} departures in {reader.Remaining} bytes");
        for (var i = 0; i < count; i++)
        {
            var (sequence, kind) = (reader.Int64(), (DepartureKind)reader.Byte((byte)DepartureKind.Overflowed));
            if (kind == 0) throw new StateCorruptException($"a departure of no kind, of message {sequence}");
            queue.Departures.Add(new Departure(sequence, kind, reader.Int64(), reader.Int64()));
        }
    }

    public static void WriteFairness(ref SpanWriter writer, in FairGroups groups)
    {
        writer.Int64(groups.Processing.IsEmpty ? 0 : groups.Processing.Number);
        var (previous, current) = groups.Processing.Minutes;
        WriteMinute(ref writer, previous);
        WriteMinute(ref writer, current);
        writer.Int32(groups.Marks.Count);
        foreach (var (groupId, mark) in groups.Marks.All)
        {
            writer.Text(groupId);
            writer.Int64(mark.SentUnixMs);
            writer.Int64(mark.LastSequence);
        }
    }

    public static void ReadFairness(ref SpanReader reader, Queue queue)
    {
        if (queue is not StandardQueue { Groups: var groups })
            throw new StateCorruptException("noisy groups of a FIFO queue");
        var number = reader.Int64();
        groups.Processing.Restore(number, ReadMinute(ref reader), ReadMinute(ref reader));
        var count = reader.Int32();
        if (count is < 0 or > NoisyMarks.Max) throw new StateCorruptException($"{count} noisy groups");
        for (var i = 0; i < count; i++)
            groups.Marks.Set(reader.TextRequired(), new NoisyMark(reader.Int64(), reader.Int64()));
    }

    public static void WriteFlow(ref SpanWriter writer, in FlowState flow)
    {
        writer.Int64(flow.OverflowDropped);
        writer.Int64(flow.OverflowDeadLettered);
        writer.Int64(flow.ExpiredDropped);
        writer.Int64(flow.ExpiredDeadLettered);
        writer.Int64(flow.PacedUnixUs);
    }

    public static void ReadFlow(ref SpanReader reader, FlowState flow)
    {
        flow.OverflowDropped = reader.Int64();
        flow.OverflowDeadLettered = reader.Int64();
        flow.ExpiredDropped = reader.Int64();
        flow.ExpiredDeadLettered = reader.Int64();
        flow.PacedUnixUs = reader.Int64();
    }

    public static void WriteEntry(ref SpanWriter writer, in Entry entry)
    {
        entry.Message.Write(ref writer);
        writer.Byte(entry.IsLeasedByBroker ? LeasedByBroker : (byte)entry.State);
        writer.Int64(entry.LeasedUnixMs);
        writer.Text(entry.Attempt?.Id);
        if (entry.Attempt is not { } attempt) return;
        writer.Int64(attempt.UntilUnixMs);
        writer.Byte((byte)attempt.Leases.IndexOf((entry.Message.Sequence, entry.Message.ReceiveCount)));
    }

    /// <param name="payload">Where its content lies, if not where the item says.</param>
    public static void ReadEntry(ref SpanReader reader, Queue queue, PayloadRef? payload = null)
    {
        var message = ReadMessage(ref reader, payload);
        var state = reader.Byte(LeasedByBroker);
        var entry = new Entry(message)
        {
            State = state == LeasedByBroker ? EntryState.Leased : (EntryState)state,
            IsLeasedByBroker = state == LeasedByBroker,
            LeasedUnixMs = reader.Int64(),
        };
        if (reader.Text() is { } attemptId)
        {
            if (queue is not FifoQueue fifo || entry.State != EntryState.Leased)
                throw new StateCorruptException("a receive attempt of a message that nobody leased from a FIFO queue");
            entry.Attempt = fifo.Attempts.GetOrAdd(attemptId, reader.Int64());
            entry.Attempt.Restore(reader.Byte(byte.MaxValue), (entry.Sequence, entry.ReceiveCount));
        }

        queue.Restore(entry);
    }

    public static Message ReadMessage(ref SpanReader reader, PayloadRef? payload)
    {
        var message = Message.Read(ref reader);
        if (payload is { } elsewhere) message.Payload = elsewhere;
        return message;
    }

    public static void WriteRun(ref SpanWriter writer, in Run run)
    {
        run.Write(ref writer);
        writer.Location(run.Block);
    }

    public static Run ReadRun(ref SpanReader reader)
    {
        var run = Run.Read(ref reader);
        return run with { Block = reader.Location() };
    }

    public static void WriteDuplicate(ref SpanWriter writer, in Duplicate duplicate)
    {
        writer.Int64((long)(ulong)(duplicate.Key >> 64));
        writer.Int64((long)(ulong)duplicate.Key);
        writer.Id(duplicate.MessageId);
        writer.Int64(duplicate.Sequence);
        writer.Int64(duplicate.UntilUnixMs);
    }

    public static Duplicate ReadDuplicate(ref SpanReader reader) => new(
        new UInt128((ulong)reader.Int64(), (ulong)reader.Int64()), reader.Id(), reader.Int64(), reader.Int64());

    public static void WriteMoveTask(ref SpanWriter writer, in MoveTask task)
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

    public static void WriteMoveTaskFilter(ref SpanWriter writer, in MoveTask task)
    {
        writer.Id(task.TaskId);
        writer.Text(task.Filter);
        writer.Int64(task.LastSequence);
    }

    public static void ReadMoveTaskFilter(ref SpanReader reader, Func<Guid, MoveTask> find)
    {
        var task = find(reader.Id());
        task.Filter = reader.TextRequired();
        task.LastSequence = reader.Int64();
    }

    private static void WriteMinute(ref SpanWriter writer, ProcessingTime.Minute minute)
    {
        writer.Int64(minute.TotalMs);
        writer.Int32(minute.Slots.Count);
        foreach (var (slot, ms) in minute.Slots.OrderBy(pair => pair.Key))
        {
            writer.Int32(slot);
            writer.Int64(ms);
        }
    }

    private static ProcessingTime.Minute ReadMinute(ref SpanReader reader)
    {
        var minute = new ProcessingTime.Minute { TotalMs = reader.Int64() };
        var count = reader.Int32();
        if (count < 0 || count > ProcessingTime.SumsMax || count > reader.Remaining / SlotBytes)
            throw new StateCorruptException($"{count} sums of processing time");
        for (var i = 0; i < count; i++)
        {
            var slot = reader.Int32();
            if (slot < 0 || slot >= ProcessingTime.SumsMax)
                throw new StateCorruptException($"a sum of processing time at {slot}");
            minute.Add(slot, reader.Int64());
        }

        return minute;
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
