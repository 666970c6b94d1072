using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A message leaves its queue because it could not be delivered; a copy may go elsewhere with it.</summary>
internal record struct MessageGivenUp(long QueueId, long Sequence) : IRecord<MessageGivenUp>
{
    public static RecordType Type => RecordType.MessageGivenUp;

    public readonly int BytesMax => 2 * sizeof(long);

    public static MessageGivenUp Read(ref SpanReader reader) => new(reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
    }

    public readonly void Apply(ShardState state)
    {
        var (queue, entry) = state.Get(QueueId, Sequence);
        queue.Traffic?.GivenUp += 1;
        queue.Remove(entry);
        queue.Departures.Add(new Departure(Sequence, DepartureKind.GivenUp, 0, 0));
    }
}
