using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>The account that came in is the shard's from now on, or goes.</summary>
internal record struct ImportEnded(bool IsKept) : IRecord<ImportEnded>
{
    public static RecordType Type => RecordType.ImportEnded;

    public readonly int BytesMax => 1;

    public static ImportEnded Read(ref SpanReader reader) => new(reader.Bool());

    public readonly void Write(ref SpanWriter writer) => writer.Bool(IsKept);

    public readonly void Apply(ShardState state)
    {
        if (IsKept)
        {
            state.GetStaged().AttachTo(state);
            state.Staged = null;
        }

        state.DropStaged();
    }
}
