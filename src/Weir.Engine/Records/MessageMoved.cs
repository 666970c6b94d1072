using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// A message leaves one queue for another, in one record: dead-lettered (no task; it keeps its id and history) or
/// moved by a task (it begins anew under a new id). Its content stays where it lies.
/// </summary>
internal record struct MessageMoved(
    long SourceId, long Sequence, long DestinationId, long NewSequence, Guid MessageId, Guid TaskId)
    : IRecord<MessageMoved>
{
    public static RecordType Type => RecordType.MessageMoved;

    public readonly int BytesMax => (4 * sizeof(long)) + 32;

    private readonly bool IsDeadLetter => TaskId == Guid.Empty;

    public static MessageMoved Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Id(), reader.Id());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(SourceId);
        writer.Int64(Sequence);
        writer.Int64(DestinationId);
        writer.Int64(NewSequence);
        writer.Id(MessageId);
        writer.Id(TaskId);
    }

    public readonly void Apply(ShardState state)
    {
        var source = state.Get(SourceId);
        var destination = state.Get(DestinationId);
        var message = source.Take(Sequence);
        var moved = IsDeadLetter
            ? DeadLettered(
                message, source, DeadLetterCause.ReceivedTooOften, MessageId, NewSequence, state.NowUnixMs)
            : Redriven(message, destination, state.NowUnixMs);
        destination.Add(moved);
        source.Departures.Add(new Departure(
            Sequence, IsDeadLetter ? DepartureKind.DeadLettered : DepartureKind.Moved, DestinationId, NewSequence));
        if (IsDeadLetter) source.Traffic?.DeadLettered += 1;
        else state.GetTask(TaskId).Moved++;
    }

    // A standard queue's message keeps its sending time, so that its retention runs on; a FIFO queue's begins anew, and
    // its own id replaces the deduplication id, which another message of the dead-letter queue may have, too. A time to
    // live ends with it.
    internal static Message DeadLettered(
        in Message message, Queue source, DeadLetterCause cause, Guid messageId, long newSequence, long nowUnixMs) =>
        new()
        {
            MessageId = messageId,
            Sequence = newSequence,
            Payload = message.Payload,
            Via = message.Via,
            SentUnixMs = source is FifoQueue ? nowUnixMs : message.SentUnixMs,
            GroupId = message.GroupId,
            DeduplicationId = source is FifoQueue ? messageId.ToString() : message.DeduplicationId,
            DeadLetterSource = source.Name,
            Cause = cause,
            ReceiveCount = message.ReceiveCount,
            FirstReceivedUnixMs = message.FirstReceivedUnixMs,
        };

    private readonly Message Redriven(in Message message, Queue destination, long nowUnixMs) => new()
    {
        MessageId = MessageId,
        Sequence = NewSequence,
        Payload = message.Payload,
        Via = message.Via,
        SentUnixMs = nowUnixMs,
        GroupId = message.GroupId,
        DeduplicationId = message.DeduplicationId,
        ExpiresUnixMs = destination.ExpiryOf(nowUnixMs),
    };
}
