using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct QueueDeleted(long QueueId) : IRecord<QueueDeleted>
{
    public static RecordType Type => RecordType.QueueDeleted;

    public readonly int BytesMax => sizeof(long);

    public static QueueDeleted Read(ref SpanReader reader) => new(reader.Int64());

    public readonly void Write(ref SpanWriter writer) => writer.Int64(QueueId);

    public readonly void Apply(ShardState state) => state.Remove(state.Get(QueueId));
}
