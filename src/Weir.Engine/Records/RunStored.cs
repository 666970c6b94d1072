using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// The oldest messages of a backlog's tail leave memory: their fields are in this record, and the run refers to them.
/// </summary>
internal record struct RunStored(long QueueId, Run Run, Message[] Messages) : IRecord<RunStored>
{
    public static RecordType Type => RecordType.RunStored;

    public readonly int BytesMax => sizeof(long) + Run.BytesMax + sizeof(int)
        + Payload.StoredLength(RunBlock.BytesMax(Messages));

    public static RunStored Read(ref SpanReader reader)
    {
        var queueId = reader.Int64();
        var run = Run.Read(ref reader);
        return new RunStored(queueId, run with { Block = reader.Payload() }, []);
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        Run.Write(ref writer);
        Run = Run with { Block = RunBlock.Write(ref writer, Messages) };
    }

    public readonly void Apply(ShardState state) => state.Get(QueueId).Store(Run);
}
