using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A queue that another shard has by now goes from this one, as if it had never been here.</summary>
internal record struct QueueDropped(long QueueId) : IRecord<QueueDropped>
{
    public static RecordType Type => RecordType.QueueDropped;

    public readonly int BytesMax => sizeof(long);

    public static QueueDropped Read(ref SpanReader reader) => new(reader.Int64());

    public readonly void Write(ref SpanWriter writer) => writer.Int64(QueueId);

    public readonly void Apply(ShardState state) => state.Drop(state.Get(QueueId));
}
