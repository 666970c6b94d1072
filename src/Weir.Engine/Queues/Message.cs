using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>A message in a queue. Its content is in the log.</summary>
internal struct Message
{
    public Guid MessageId;
    public long Sequence;
    public PayloadRef Payload;
    public long SentUnixMs;

    /// <summary>Not to be received before this time; 0 when there is no such time.</summary>
    public long VisibleUnixMs;

    public int ReceiveCount;
    public long FirstReceivedUnixMs;
    public string? GroupId;
    public string? DeduplicationId;
    public QueueName? DeadLetterSource;

    /// <summary>Who of those that a publication reached brought it here, as the publisher knows them; else empty.
    /// </summary>
    public Guid Via;

    /// <summary>When its time to live is over; 0 when it has none.</summary>
    public long ExpiresUnixMs;

    /// <summary>Why it is a dead letter, if it is one.</summary>
    public DeadLetterCause Cause;

    /// <summary>Where in the receive count on disk <see cref="Cause"/> is. Old messages have none.</summary>
    private const int CauseShift = 27;

    private const int CauseMask = 3 << CauseShift;

    /// <summary>Set in the receive count on disk when <see cref="ExpiresUnixMs"/> follows.</summary>
    private const int ExpiryFlag = 1 << 29;

    /// <summary>Set in the receive count on disk when <see cref="Via"/> follows. Old messages have none.</summary>
    private const int ViaFlag = 1 << 30;

    /// <summary>An upper bound of what Write writes.</summary>
    public readonly int BytesMax =>
        96 + SpanWriter.BytesMax(GroupId) + SpanWriter.BytesMax(DeduplicationId)
        + SpanWriter.BytesMax(DeadLetterSource);

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Id(MessageId);
        writer.Int64(Sequence);
        writer.Location(Payload);
        writer.Int64(SentUnixMs);
        writer.Int64(VisibleUnixMs);
        writer.Int32(
            ReceiveCount | ((int)Cause << CauseShift) | (Via == Guid.Empty ? 0 : ViaFlag)
            | (ExpiresUnixMs == 0 ? 0 : ExpiryFlag));
        writer.Int64(FirstReceivedUnixMs);
        writer.Text(GroupId);
        writer.Text(DeduplicationId);
        writer.Name(DeadLetterSource);
        if (Via != Guid.Empty) writer.Id(Via);
        if (ExpiresUnixMs != 0) writer.Int64(ExpiresUnixMs);
    }

    public static Message Read(ref SpanReader reader)
    {
        var message = new Message
        {
            MessageId = reader.Id(),
            Sequence = reader.Int64(),
            Payload = reader.Location(),
            SentUnixMs = reader.Int64(),
            VisibleUnixMs = reader.Int64(),
            ReceiveCount = reader.Int32(),
            FirstReceivedUnixMs = reader.Int64(),
            GroupId = reader.Text(),
            DeduplicationId = reader.Text(),
            DeadLetterSource = reader.Name(),
        };
        var flags = message.ReceiveCount;
        message.ReceiveCount &= ~(ViaFlag | ExpiryFlag | CauseMask);
        message.Cause = (DeadLetterCause)((flags & CauseMask) >> CauseShift);
        if ((flags & ViaFlag) != 0) message.Via = reader.Id();
        if ((flags & ExpiryFlag) != 0) message.ExpiresUnixMs = reader.Int64();
        return message;
    }
}
