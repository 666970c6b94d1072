using Weir.Engine.Commands;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>Begins to take in an account, which must have nothing here. What was begun and not ended goes.</summary>
/// <param name="nowUnixMs">The time of the shard that has it: what ended there must not come back here.</param>
public sealed class BeginImportCommand(string account, long nowUnixMs) : Command<Done>
{
    public override string? Account => null;

    public override int RecordBytesMax => 64 + SpanWriter.BytesMax(account);

    public override bool AddsData => true;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (DropAccountCommand.IsThere(shard.State, account))
        {
            return new Fault(FaultCode.Unavailable,
                $"What tenant {account} had here before is not cleared away yet: try again in a moment.");
        }

        shard.Emit(new ImportStarted(account, nowUnixMs));
        return default(Done);
    }
}
