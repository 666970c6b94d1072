using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Deletes all messages of a queue, those in flight and the delayed ones too.</summary>
public sealed class PurgeQueueCommand(QueueName name) : Command<Done>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 64;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        var interval = shard.Options.PurgeInterval;
        if (queue.PurgedUnixMs is { } purged && shard.NowUnixMs < purged + (long)interval.TotalMilliseconds)
        {
            return new Fault(FaultCode.PurgeInProgress,
                $"Only one PurgeQueue operation on {name.Name} is allowed every {interval.TotalSeconds:0} seconds.");
        }

        shard.Emit(new QueuePurged(queue.Id));
        return default(Done);
    }
}
