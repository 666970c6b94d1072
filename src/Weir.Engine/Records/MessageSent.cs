using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A message, with its content. Replay does not read the content, only where it lies.</summary>
internal record struct MessageSent : IRecord<MessageSent>
{
    public static RecordType Type => RecordType.MessageSent;

    public long QueueId;
    public long Sequence;
    public Guid MessageId;
    public long DelayMs;
    public string? GroupId;
    public string? DeduplicationId;

    /// <summary>What is written; empty when the record was read.</summary>
    public ReadOnlyMemory<byte> Content;

    /// <summary>Known once the record was written or read.</summary>
    public PayloadRef Payload;

    public readonly int BytesMax =>
        (3 * sizeof(long)) + 16 + SpanWriter.BytesMax(GroupId) + SpanWriter.BytesMax(DeduplicationId)
        + sizeof(int) + Engine.Payload.StoredLength(Content.Length);

    public static MessageSent Read(ref SpanReader reader) => new()
    {
        QueueId = reader.Int64(),
        Sequence = reader.Int64(),
        MessageId = reader.Id(),
        DelayMs = reader.Int64(),
        GroupId = reader.Text(),
        DeduplicationId = reader.Text(),
        Payload = reader.Payload(),
    };

    public void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Id(MessageId);
        writer.Int64(DelayMs);
        writer.Text(GroupId);
        writer.Text(DeduplicationId);
        Payload = writer.Payload(Content.Span);
    }

    public readonly void Apply(ShardState state)
    {
        var queue = state.Get(QueueId);
        queue.Add(new Message
        {
            MessageId = MessageId,
            Sequence = Sequence,
            Payload = Payload,
            SentUnixMs = state.NowUnixMs,
            GroupId = GroupId,
            DeduplicationId = DeduplicationId,
            VisibleUnixMs = DelayMs > 0 ? state.NowUnixMs + DelayMs : 0,
            ExpiresUnixMs = queue.ExpiryOf(state.NowUnixMs),
        });
        queue.Traffic?.Sent += 1;
        if (queue is FifoQueue fifo && DeduplicationId is not null)
            fifo.Remember(GroupId!, DeduplicationId, MessageId, Sequence);
    }
}
