using Weir.Engine.Commands;

namespace Weir.Broker.Shards;

/// <summary>One command, answered when its frame is durable.</summary>
internal sealed class CommandWork<T>(Command<T> command) : Work<T>
{
    public override string Account { get; } = command.Account;

    public override int RecordBytesMax { get; } = command.RecordBytesMax;

    public override int HeldBytes { get; } = command.HeldBytes;

    public override bool AddsData => command.AddsData;

    public override bool Run(ShardLoop loop)
    {
        Outcome = loop.Shard.Execute(command);
        return true;
    }
}
