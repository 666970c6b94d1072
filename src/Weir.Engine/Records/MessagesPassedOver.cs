using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// The first messages of a backlog, up to one of them, stand beside it from now on: a receive looks past them.
/// </summary>
internal record struct MessagesPassedOver(long QueueId, long LastSequence) : IRecord<MessagesPassedOver>
{
    public static RecordType Type => RecordType.MessagesPassedOver;

    public readonly int BytesMax => 2 * sizeof(long);

    public static MessagesPassedOver Read(ref SpanReader reader) => new(reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(LastSequence);
    }

    public readonly void Apply(ShardState state)
    {
        if (state.Get(QueueId) is not StandardQueue queue)
            throw new StateCorruptException($"messages of the FIFO queue {QueueId} are passed over");
        queue.PassOver(LastSequence);
    }
}
