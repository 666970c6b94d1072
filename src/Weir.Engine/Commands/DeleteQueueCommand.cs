using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Deletes a queue with all that is in it.</summary>
public sealed class DeleteQueueCommand(QueueName name) : Command<Done>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 64;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        shard.Emit(new QueueDeleted(queue.Id));
        return default(Done);
    }
}
