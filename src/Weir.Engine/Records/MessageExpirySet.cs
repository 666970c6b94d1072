using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A message that was just sent has a time to live of its own.</summary>
internal record struct MessageExpirySet(long QueueId, long Sequence, long TtlMs) : IRecord<MessageExpirySet>
{
    public static RecordType Type => RecordType.MessageExpirySet;

    public readonly int BytesMax => 3 * sizeof(long);

    public static MessageExpirySet Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Int64(TtlMs);
    }

    public readonly void Apply(ShardState state) => state.Get(QueueId).SetExpiry(Sequence, state.NowUnixMs + TtlMs);
}
