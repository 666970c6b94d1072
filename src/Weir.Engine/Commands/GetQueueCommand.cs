using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>Describes a queue as it stands.</summary>
public sealed class GetQueueCommand(QueueName name) : Command<QueueDescription>
{
    public override int RecordBytesMax => 0;

    internal static QueueDescription Describe(Queue queue) => new(
        queue.Name, queue.Config, queue.Tags, queue.Counters, queue.CreatedUnixMs, queue.ModifiedUnixMs,
        queue.Revision);

    internal override Outcome<QueueDescription> Execute(Shard shard) =>
        shard.State.Find(name) is { } queue ? Describe(queue) : Faults.QueueNotFound(name);
}
