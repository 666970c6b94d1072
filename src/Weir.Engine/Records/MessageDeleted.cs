using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct MessageDeleted(long QueueId, long Sequence) : IRecord<MessageDeleted>
{
    public static RecordType Type => RecordType.MessageDeleted;

    public readonly int BytesMax => 2 * sizeof(long);

    public static MessageDeleted Read(ref SpanReader reader) => new(reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
    }

    public readonly void Apply(ShardState state)
    {
        var (queue, entry) = state.Get(QueueId, Sequence);
        queue.Traffic?.Deleted += 1;
        queue.Remove(entry);
    }
}
