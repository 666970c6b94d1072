using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>Ends what <see cref="BeginImportCommand"/> began.</summary>
/// <param name="isKept">True: the account is the shard's from now on. False: what came of it goes.</param>
public sealed class EndImportCommand(string account, bool isKept) : Command<Done>
{
    /// <summary>Changed in the same commit; when one is refused, nothing is done.</summary>
    public IReadOnlyList<DefinitionChange> Changes { get; init; } = [];

    public override string? Account => null;

    public override int RecordBytesMax => 64 + SpanWriter.BytesMax(account) + Changes.Sum(change => change.BytesMax);

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Staged?.Account != account) return Transferring.NotUnderWay(account);
        foreach (var change in Changes)
        {
            if (change.Check(shard.State.Definitions) is { } fault) return fault;
        }

        shard.Emit(new ImportEnded(isKept));
        foreach (var change in Changes) change.Emit(shard);
        return default(Done);
    }
}
