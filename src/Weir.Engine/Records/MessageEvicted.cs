using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// A message leaves its queue by the queue's own rules: to make room, or because its time to live is over. It is
/// dropped (no destination), or dead-lettered with its id and history.
/// </summary>
internal record struct MessageEvicted(
    long QueueId, long Sequence, bool IsExpired, long DestinationId, long NewSequence) : IRecord<MessageEvicted>
{
    public static RecordType Type => RecordType.MessageEvicted;

    public readonly int BytesMax => (4 * sizeof(long)) + 1;

    public static MessageEvicted Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Bool(), reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Bool(IsExpired);
        writer.Int64(DestinationId);
        writer.Int64(NewSequence);
    }

    public readonly void Apply(ShardState state)
    {
        var queue = state.Get(QueueId);
        var destination = DestinationId == 0 ? null : state.Get(DestinationId);
        var message = queue.Take(Sequence);
        destination?.Add(MessageMoved.DeadLettered(
            message, queue, IsExpired ? DeadLetterCause.Expired : DeadLetterCause.Overflowed, message.MessageId,
            NewSequence, state.NowUnixMs));
        var flow = queue.Flow;
        var kind = destination is not null ? DepartureKind.DeadLettered
            : IsExpired ? DepartureKind.Expired
            : DepartureKind.Overflowed;
        queue.Departures.Add(new Departure(Sequence, kind, DestinationId, NewSequence));
        if (destination is not null) queue.Traffic?.DeadLettered += 1;
        else if (IsExpired) queue.Traffic?.Expired += 1;
        else queue.Traffic?.Dropped += 1;
        if (IsExpired && destination is null) flow.ExpiredDropped++;
        else if (IsExpired) flow.ExpiredDeadLettered++;
        else if (destination is null) flow.OverflowDropped++;
        else flow.OverflowDeadLettered++;
    }
}
