namespace Weir.Engine.Commands;

/// <summary>Lists the queues whose redrive policy names this one, a page at a time.</summary>
/// <param name="after">Start behind this name; null for the first page.</param>
public sealed class ListDeadLetterSourcesCommand(QueueName name, string? after, int max) : Command<QueuePage>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 0;

    internal override Outcome<QueuePage> Execute(Shard shard) =>
        shard.State.Find(name) is null
            ? Faults.QueueNotFound(name)
            : ListQueuesCommand.Page(
                shard.State.SourcesOf(name)
                    .Where(source => after is null || string.CompareOrdinal(source.Name, after) > 0),
                max);
}
