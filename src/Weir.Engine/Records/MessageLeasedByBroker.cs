using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>The broker leases a message for itself, to deliver it or pass it on: it is not in flight for its account.
/// </summary>
internal record struct MessageLeasedByBroker(long QueueId, long Sequence, long VisibleUnixMs)
    : IRecord<MessageLeasedByBroker>
{
    public static RecordType Type => RecordType.MessageLeasedByBroker;

    public readonly int BytesMax => 3 * sizeof(long);

    public static MessageLeasedByBroker Read(ref SpanReader reader) =>
        new(reader.Int64(), reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Int64(VisibleUnixMs);
    }

    public readonly void Apply(ShardState state) =>
        state.Get(QueueId).Lease(Sequence, state.NowUnixMs, VisibleUnixMs, byBroker: true);
}
