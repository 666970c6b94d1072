using Weir.Engine.Commands;

namespace Weir.Broker.Shards;

/// <summary>One command, answered when its frame is durable.</summary>
internal sealed class CommandWork<T>(Command<T> command) : Work<T>
{
    private IReadOnlySet<string>? _accounts;

    public override int RecordBytesMax { get; } = command.RecordBytesMax;

    public override int HeldBytes { get; } = command.HeldBytes;

    public override bool AddsData => command.AddsData;

    public override string? Account => command.Account;

    public override string? Payer => command.Payer;

    public override IReadOnlySet<string>? Accounts => _accounts ??= command.Accounts;

    public override bool Run(ShardLoop loop)
    {
        Outcome = loop.Shard.Execute(command);
        return true;
    }

    // Several accounts may be in several shards by now, and who divides commands is the broker.
    public override void Redo(Broker broker)
    {
        if (Accounts is null) base.Redo(broker);
        else _ = RedoAsync(broker);
    }

    private async Task RedoAsync(Broker broker)
    {
        Outcome = await broker.ExecuteUntracedAsync(command).ConfigureAwait(false);
        Complete();
    }
}
