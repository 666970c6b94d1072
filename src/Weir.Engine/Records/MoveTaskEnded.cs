using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct MoveTaskEnded(Guid TaskId, MoveTaskStatus Status, string? FailureReason) : IRecord<MoveTaskEnded>
{
    public static RecordType Type => RecordType.MoveTaskEnded;

    public readonly int BytesMax => 17 + SpanWriter.BytesMax(FailureReason);

    public static MoveTaskEnded Read(ref SpanReader reader) =>
        new(reader.Id(), (MoveTaskStatus)reader.Byte((byte)MoveTaskStatus.Failed), reader.Text());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Id(TaskId);
        writer.Byte((byte)Status);
        writer.Text(FailureReason);
    }

    public readonly void Apply(ShardState state) => state.End(state.GetTask(TaskId), Status, FailureReason);
}
