using System.Collections.Immutable;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>
/// Creates a queue, or answers the one that is there when every given attribute has the value that it has there.
/// The name's suffix decides whether it is a FIFO queue.
/// </summary>
public sealed class CreateQueueCommand(
    QueueName name, QueueConfigPatch patch, ImmutableSortedDictionary<string, string> tags) : Command<QueueDescription>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 
        patch.BytesMax + TextMapFormat.BytesMax(tags) + SpanWriter.BytesMax(name) + 256;

    public override bool AddsData => true;

    internal override Outcome<QueueDescription> Execute(Shard shard)
    {
        var state = shard.State;
        if (state.Find(name) is { } existing)
        {
            // The policies that a request names must be the queue's own; a null that removes nothing differs in
            // nothing.
            return patch.ApplyTo(existing.Config) == existing.Config
                ? GetQueueCommand.Describe(existing, shard.NowUnixMs)
                : new Fault(FaultCode.QueueExists,
                    $"A queue already exists with the same name and a different value for an attribute: {name.Name}.");
        }

        if (state.IsDeletedRecently(name))
        {
            return new Fault(FaultCode.QueueDeletedRecently,
                $"You must wait {shard.Options.NameReuseDelay.TotalSeconds:0} seconds after deleting a queue before "
                + "you can create another with the same name.");
        }

        var config = patch.ApplyTo(name.HasFifoSuffix ? QueueConfig.Fifo : QueueConfig.Standard);
        if (ConfigCheck.Check(state, name, before: null, config) is { } fault) return fault;
        if (TagQueueCommand.Check(tags) is { } tagFault) return tagFault;
        if (AccountRoom.CheckQueue(shard, name) is { } tooMany) return tooMany;
        shard.Emit(new QueueCreated(state.NextQueueId, name, config, tags));
        return GetQueueCommand.Describe(state.Find(name)!, shard.NowUnixMs);
    }
}
