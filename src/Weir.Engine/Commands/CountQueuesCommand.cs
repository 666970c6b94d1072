namespace Weir.Engine.Commands;

/// <summary>Counts the queues of an account in all regions, also those that belong to definitions.</summary>
public sealed class CountQueuesCommand(string account) : Command<int>
{
    public override string? Account => account;

    public override int RecordBytesMax => 0;

    internal override Outcome<int> Execute(Shard shard) => shard.State.NamesFrom(new QueueName(account, "", ""))
        .TakeWhile(name => name.Account == account).Count();
}
