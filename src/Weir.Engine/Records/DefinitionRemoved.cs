using Weir.Engine.Definitions;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A definition goes, or a scope with all that is in it (no item).</summary>
internal record struct DefinitionRemoved(ScopeName Scope, string? Item) : IRecord<DefinitionRemoved>
{
    public static RecordType Type => RecordType.DefinitionRemoved;

    public readonly int BytesMax => Scope.BytesMax + SpanWriter.BytesMax(Item);

    public static DefinitionRemoved Read(ref SpanReader reader) => new(ScopeName.Read(ref reader), reader.Text());

    public readonly void Write(ref SpanWriter writer)
    {
        Scope.Write(ref writer);
        writer.Text(Item);
    }

    public readonly void Apply(ShardState state) => state.Undefine(Scope, Item);
}
