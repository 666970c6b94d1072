using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Sets parts of a queue's configuration.</summary>
/// <param name="expectedRevision">Refuse if the configuration changed since it was read with this revision.</param>
public sealed class ConfigureQueueCommand(QueueName name, QueueConfigPatch patch, long? expectedRevision = null)
    : Command<Done>
{
    public override string? Account => name.Account;

    /// <summary>The record holds the whole configuration, what it was before included.</summary>
    public override int RecordBytesMax => ConfigCheck.ConfigBytesMax + 64;

    public override int HeldBytes => base.HeldBytes + patch.BytesMax;

    public override bool AddsData => true;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        if (expectedRevision is { } expected && expected != queue.Revision)
            return new Fault(FaultCode.ConfigChanged, "The queue was configured by somebody else meanwhile.");
        var config = patch.ApplyTo(queue.Config);
        if (config == queue.Config) return default(Done);
        if (ConfigCheck.Check(shard.State, name, queue.Config, config) is { } fault) return fault;
        shard.Emit(new QueueConfigured(queue.Id, config));
        return default(Done);
    }
}
