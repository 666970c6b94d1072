using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct QueuePurged(long QueueId) : IRecord<QueuePurged>
{
    public static RecordType Type => RecordType.QueuePurged;

    public readonly int BytesMax => sizeof(long);

    public static QueuePurged Read(ref SpanReader reader) => new(reader.Int64());

    public readonly void Write(ref SpanWriter writer) => writer.Int64(QueueId);

    public readonly void Apply(ShardState state)
    {
        var queue = state.Get(QueueId);
        queue.Purge();
        queue.PurgedUnixMs = state.NowUnixMs;
    }
}
