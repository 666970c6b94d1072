using Weir.Engine.Commands;

namespace Weir.Engine.Transfers;

/// <summary>Brings a part of an account to the shard that is to have it, which keeps it apart until all is there.
/// </summary>
public sealed class ImportCommand : Command<Done>
{
    private readonly string _account;
    private readonly List<ImportPiece> _pieces;

    private ImportCommand(string account, List<ImportPiece> pieces)
    {
        (_account, _pieces) = (account, pieces);
        foreach (var piece in pieces) RecordBytesMax += piece.BytesMax;
    }

    public override string? Account => null;

    public override int RecordBytesMax { get; }

    public override int HeldBytes => RecordBytesMax;

    public override bool AddsData => true;

    internal static IEnumerable<ImportCommand> Divide(string account, IEnumerable<ImportPiece> pieces, int bytesMax)
    {
        var (taken, bytes) = (new List<ImportPiece>(), 0L);
        foreach (var piece in pieces)
        {
            if (taken.Count > 0 && bytes + piece.BytesMax > bytesMax)
            {
                yield return new ImportCommand(account, taken);
                (taken, bytes) = ([], 0);
            }

            taken.Add(piece);
            bytes += piece.BytesMax;
        }

        if (taken.Count > 0) yield return new ImportCommand(account, taken);
    }

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Staged?.Account != _account) return Transferring.NotUnderWay(_account);
        foreach (var piece in _pieces) piece.Emit(shard);
        return default(Done);
    }
}
