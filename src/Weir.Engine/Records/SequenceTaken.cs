using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// A FIFO queue gives a message its sequence number and remembers its deduplication id, but does not hold it: how a
/// FIFO topic, whose messages go on to others, orders and deduplicates.
/// </summary>
internal record struct SequenceTaken(
    long QueueId, long Sequence, Guid MessageId, string GroupId, string DeduplicationId) : IRecord<SequenceTaken>
{
    public static RecordType Type => RecordType.SequenceTaken;

    public readonly int BytesMax =>
        (2 * sizeof(long)) + 16 + SpanWriter.BytesMax(GroupId) + SpanWriter.BytesMax(DeduplicationId);

    public static SequenceTaken Read(ref SpanReader reader) => new(
        reader.Int64(), reader.Int64(), reader.Id(), reader.TextRequired(), reader.TextRequired());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Id(MessageId);
        writer.Text(GroupId);
        writer.Text(DeduplicationId);
    }

    public readonly void Apply(ShardState state)
    {
        if (state.Get(QueueId) is not FifoQueue queue || Sequence < queue.NextSequence)
            throw new StateCorruptException($"queue {QueueId} cannot give sequence number {Sequence}");
        queue.NextSequence = Sequence + 1;
        queue.Remember(GroupId, DeduplicationId, MessageId, Sequence);
    }
}
