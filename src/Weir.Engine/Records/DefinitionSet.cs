using Weir.Engine.Definitions;
using Weir.Engine.State;

namespace Weir.Engine.Records;

internal record struct DefinitionSet(ScopeName Scope, string Item, ReadOnlyMemory<byte> Value) : IRecord<DefinitionSet>
{
    public static RecordType Type => RecordType.DefinitionSet;

    public readonly int BytesMax =>
        Scope.BytesMax + SpanWriter.BytesMax(Item) + sizeof(int) + Value.Length;

    public static DefinitionSet Read(ref SpanReader reader) => new(
        ScopeName.Read(ref reader), reader.TextRequired(), reader.Bytes(reader.Int32()).ToArray());

    public readonly void Write(ref SpanWriter writer)
    {
        Scope.Write(ref writer);
        writer.Text(Item);
        writer.Blob(Value.Span);
    }

    public readonly void Apply(ShardState state) =>
        state.Define(Scope, Item, new Definition(Value, ++state.DefinitionRevision));
}
