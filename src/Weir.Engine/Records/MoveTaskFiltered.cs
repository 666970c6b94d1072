using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A move task that was just started moves only some of the messages.</summary>
/// <param name="LastSequence">The last message that it looks at.</param>
internal record struct MoveTaskFiltered(Guid TaskId, string Filter, long LastSequence) : IRecord<MoveTaskFiltered>
{
    public static RecordType Type => RecordType.MoveTaskFiltered;

    public readonly int BytesMax => 16 + sizeof(long) + SpanWriter.BytesMax(Filter);

    public static MoveTaskFiltered Read(ref SpanReader reader) =>
        new(reader.Id(), reader.TextRequired(), reader.Int64());

    public readonly void Write(ref SpanWriter writer)
    {
        writer.Id(TaskId);
        writer.Text(Filter);
        writer.Int64(LastSequence);
    }

    public readonly void Apply(ShardState state)
    {
        var task = state.GetTask(TaskId);
        (task.Filter, task.LastSequence) = (Filter, LastSequence);
    }
}
