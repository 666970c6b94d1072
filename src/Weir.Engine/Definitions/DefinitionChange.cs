using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Definitions;

/// <summary>A change of one definition, or the end of a scope.</summary>
public sealed record DefinitionChange
{
    public required ScopeName Scope { get; init; }

    /// <summary>Null: the scope with all that is in it, which is removed.</summary>
    public string? Item { get; init; }

    /// <summary>Null: the definition is removed; it need not be there.</summary>
    public ReadOnlyMemory<byte>? Value { get; init; }

    /// <summary>
    /// The revision that the definition must have for the change to be made; 0: it must not be there. Null: any.
    /// </summary>
    public long? ExpectedRevision { get; init; }

    /// <summary>Nothing is changed: the definition must have the expected revision for what comes with it.</summary>
    public bool IsOnlyExpected { get; init; }

    /// <summary>A definition that must be in the same scope, so that nothing is added to one that has gone.</summary>
    public string? RequiredItem { get; init; }

    internal int BytesMax => 32 + Scope.BytesMax + SpanWriter.BytesMax(Item) + (Value?.Length ?? 0);

    internal Fault? Check(DefinitionCatalog definitions)
    {
        if (Value?.Length > Definition.ValueBytesMax)
        {
            return Commands.Faults.Invalid(
                $"What is to be kept of {Item} takes more than {Definition.ValueBytesMax} bytes.");
        }

        if (RequiredItem is not null && definitions.Find(Scope, RequiredItem) is null)
            return new Fault(FaultCode.ResourceNotFound, $"{Scope.Name} does not exist.");
        if (ExpectedRevision is not { } expected) return null;
        var present = Item is null ? null : definitions.Find(Scope, Item);
        return expected == (present?.Revision ?? 0)
            ? null
            : new Fault(FaultCode.ConfigChanged, $"{Item} was changed by somebody else meanwhile.");
    }

    internal void Emit(Shard shard)
    {
        if (IsOnlyExpected) return;
        if (Value is { } value && Item is not null) shard.Emit(new DefinitionSet(Scope, Item, value));
        else if (IsThere(shard.State.Definitions)) shard.Emit(new DefinitionRemoved(Scope, Item));
    }

    private bool IsThere(DefinitionCatalog definitions) =>
        Item is null ? definitions.Find(Scope) is not null : definitions.Find(Scope, Item) is not null;
}
