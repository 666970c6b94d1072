using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A visible message of a standard queue goes to its end, as it is: a move task did not want it.</summary>
internal record struct MessageSetBack(long QueueId, long Sequence, long NewSequence) : IRecord<MessageSetBack>
{
    public static RecordType Type => RecordType.MessageSetBack;

    public readonly int BytesMax => 3 * sizeof(long);

    public static MessageSetBack Read(ref SpanReader reader) => new(reader.Int64(), reader.Int64(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int64(Sequence);
        writer.Int64(NewSequence);
    }

    public readonly void Apply(ShardState state)
    {
        var queue = state.Get(QueueId);
        var message = queue.Take(Sequence);
        message.Sequence = NewSequence;
        queue.Add(message);
        queue.Departures.Add(new Departure(Sequence, DepartureKind.Moved, QueueId, NewSequence));
    }
}
