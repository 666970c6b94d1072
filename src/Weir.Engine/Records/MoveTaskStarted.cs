using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <param name="RatePerSecond">Zero when none was asked for.</param>
internal record struct MoveTaskStarted(
    Guid TaskId, long SourceId, QueueName? Destination, int RatePerSecond, long ToMove) : IRecord<MoveTaskStarted>
{
    public static RecordType Type => RecordType.MoveTaskStarted;

    public readonly int BytesMax => 16 + (2 * sizeof(long)) + sizeof(int) + SpanWriter.BytesMax(Destination);

    public static MoveTaskStarted Read(ref SpanReader reader) =>
        new(reader.Id(), reader.Int64(), reader.Name(), reader.Int32(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Id(TaskId);
        writer.Int64(SourceId);
        writer.Name(Destination);
        writer.Int32(RatePerSecond);
        writer.Int64(ToMove);
    }

    public readonly void Apply(ShardState state)
    {
        state.Add(new MoveTask
        {
            TaskId = TaskId,
            SourceId = SourceId,
            Source = state.Get(SourceId).Name,
            Destination = Destination,
            RatePerSecond = RatePerSecond,
            ToMove = ToMove,
            StartedUnixMs = state.NowUnixMs,
        });
        state.ForgetOldTasks(SourceId);
    }
}
