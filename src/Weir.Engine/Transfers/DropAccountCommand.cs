using Weir.Engine.Commands;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>
/// Clears away what a shard has of an account that another shard has by now, some queues at a time. The answer says
/// whether that was all.
/// </summary>
/// <param name="queuesMax">At least 1.</param>
public sealed class DropAccountCommand(string account, int queuesMax) : Command<bool>
{
    public override string? Account => null;

    public override int RecordBytesMax => 64 + SpanWriter.BytesMax(account) + (queuesMax * 32);

    internal static bool IsThere(ShardState state, string account) => NamesOf(state, account).Any()
        || state.Definitions.Scopes.Any(scope => scope.Name.Account == account);

    internal override Outcome<bool> Execute(Shard shard)
    {
        foreach (var name in NamesOf(shard.State, account).Take(queuesMax).ToArray())
            shard.Emit(new QueueDropped(shard.State.Find(name)!.Id));
        if (NamesOf(shard.State, account).Any()) return false;
        if (IsThere(shard.State, account)) shard.Emit(new AccountDropped(account));
        return true;
    }

    private static IEnumerable<QueueName> NamesOf(ShardState state, string account) =>
        state.NamesFrom(new QueueName(account, "", "")).TakeWhile(name => name.Account == account);
}
