using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct MessageLeased(long QueueId, long Sequence, long VisibleUnixMs) : IRecord<MessageLeased>
{
    public static RecordType Type => RecordType.MessageLeased;

    public readonly int BytesMax => 3 * sizeof(long);

    public static MessageLeased Read(ref SpanReader reader) => new(reader.Int64(), reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Int64(VisibleUnixMs);
    }

    public readonly void Apply(ShardState state) =>
        state.Get(QueueId).Lease(Sequence, state.NowUnixMs, VisibleUnixMs, byBroker: false);
}
