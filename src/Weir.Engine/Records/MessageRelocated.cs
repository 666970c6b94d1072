using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A message's content, written again, so that the segment where it lay can be recycled.</summary>
internal record struct MessageRelocated(long QueueId, long Sequence, ReadOnlyMemory<byte> Content)
    : IRecord<MessageRelocated>
{
    public static RecordType Type => RecordType.MessageRelocated;

    /// <summary>Known once the record was written or read.</summary>
    public PayloadRef Payload { get; private set; }

    public readonly int BytesMax => (2 * sizeof(long)) + sizeof(int) + Engine.Payload.StoredLength(Content.Length);

    public static MessageRelocated Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), default) { Payload = reader.Payload() };

    public void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        Payload = writer.Payload(Content.Span);
    }

    public readonly void Apply(ShardState state) => state.Get(QueueId).Relocate(Sequence, Payload);
}
