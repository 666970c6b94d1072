using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>One of the queues that a publication reaches.</summary>
internal record struct PublishedTo(
    long QueueId, long Sequence, Guid MessageId, Guid Via, long DelayMs, string? GroupId, string? DeduplicationId)
{
    /// <summary>Smaller than any item is, for the reader's sake.</summary>
    public const int BytesMin = (3 * sizeof(long)) + 32 + (2 * sizeof(int));

    public readonly int BytesMax =>
        BytesMin + SpanWriter.BytesMax(GroupId) + SpanWriter.BytesMax(DeduplicationId);

    public static PublishedTo Read(ref SpanReader reader) => new(
        reader.Int64(), reader.Int64(), reader.Id(), reader.Id(), reader.Int64(), reader.Text(), reader.Text());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Id(MessageId);
        writer.Id(Via);
        writer.Int64(DelayMs);
        writer.Text(GroupId);
        writer.Text(DeduplicationId);
    }
}

/// <summary>A content that goes to several queues: it is stored once, and each queue has a message that refers to it.
/// </summary>
internal record struct MessagesPublished(PublishedTo[] Queues, ReadOnlyMemory<byte> Content)
    : IRecord<MessagesPublished>
{
    public static RecordType Type => RecordType.MessagesPublished;

    /// <summary>Written into the content; a record that is read has it there already.</summary>
    public Stamp? Stamp { get; init; }

    /// <summary>Known once the record was written or read.</summary>
    public PayloadRef Payload { get; private set; }

    public readonly int BytesMax
    {
        get
        {
            var bytes = (2 * sizeof(int)) + Engine.Payload.StoredLength(Content.Length);
            foreach (var queue in Queues) bytes += queue.BytesMax;
            return bytes;
        }
    }

    public static MessagesPublished Read(ref SpanReader reader)
    {
        var count = reader.Int32();
        if (count < 1 || count > reader.Remaining / PublishedTo.BytesMin)
            throw new StateCorruptException($"a publication to {count} queues");
        var queues = new PublishedTo[count];
        for (var i = 0; i < count; i++) queues[i] = PublishedTo.Read(ref reader);
        return new MessagesPublished(queues, default) { Payload = reader.Payload() };
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int32(Queues.Length);
        foreach (var queue in Queues) queue.Write(ref writer);
        Payload = writer.Payload(Content.Span, Stamp);
    }

    public readonly void Apply(ShardState state)
    {
        foreach (var to in Queues)
        {
            var queue = state.Get(to.QueueId);
            queue.Add(new Message
            {
                MessageId = to.MessageId,
                Sequence = to.Sequence,
                Payload = Payload,
                SentUnixMs = state.NowUnixMs,
                GroupId = to.GroupId,
                DeduplicationId = to.DeduplicationId,
                VisibleUnixMs = to.DelayMs > 0 ? state.NowUnixMs + to.DelayMs : 0,
                Via = to.Via,
                ExpiresUnixMs = queue.ExpiryOf(state.NowUnixMs),
            });
            queue.Traffic?.Sent += 1;
            if (queue is FifoQueue fifo && to.DeduplicationId is { } id)
                fifo.Remember(to.GroupId!, id, to.MessageId, to.Sequence);
        }
    }
}
