using System.Collections.Immutable;
using Weir.Engine.Definitions;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>A queue that comes with a definition: the delivery queue of a webhook, an archive.</summary>
public sealed record InternalQueue(QueueName Name, QueueConfig Config);

/// <summary>
/// Changes definitions, and creates and deletes the queues that belong to them: all of it or, when one of the changes
/// is refused, nothing.
/// </summary>
public sealed class DefineCommand(IReadOnlyList<DefinitionChange> changes) : Command<Done>
{
    /// <summary>Created unless they are there already, which leaves them as they are.</summary>
    public IReadOnlyList<InternalQueue> Create { get; init; } = [];

    /// <summary>Configured anew; each must be there.</summary>
    public IReadOnlyList<InternalQueue> Configure { get; init; } = [];

    /// <summary>Deleted with what is in them, if they are there.</summary>
    public IReadOnlyList<QueueName> Delete { get; init; } = [];

    public override string Account =>
        changes.Select(change => change.Scope.Account)
            .Concat(Create.Concat(Configure).Select(queue => queue.Name.Account))
            .Concat(Delete.Select(queue => queue.Account)).FirstOrDefault() ?? "";

    public override int RecordBytesMax =>
        changes.Sum(change => change.BytesMax) + (64 * Delete.Count)
        + Create.Concat(Configure).Sum(queue => 512 + SpanWriter.BytesMax(queue.Name)
            + QueueConfigFormat.BytesMax(queue.Config));

    public override int HeldBytes => base.HeldBytes + RecordBytesMax;

    public override bool AddsData => changes.Any(change => change.Value is not null);

    internal override Outcome<Done> Execute(Shard shard)
    {
        var state = shard.State;
        foreach (var change in changes)
        {
            if (change.Check(state.Definitions) is { } fault) return fault;
        }

        foreach (var queue in Configure)
        {
            if (state.Find(queue.Name) is null) return Faults.QueueNotFound(queue.Name);
        }

        if (AccountRoom.CheckDefinitions(shard, changes) is { } tooMany) return tooMany;
        foreach (var change in changes) change.Emit(shard);
        foreach (var (name, config) in Create)
        {
            if (state.Find(name) is not null) continue;
            var tags = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
            shard.Emit(new QueueCreated(state.NextQueueId, name, config, tags));
        }

        foreach (var (name, config) in Configure) shard.Emit(new QueueConfigured(state.Find(name)!.Id, config));
        foreach (var name in Delete)
        {
            if (state.Find(name) is { } queue) shard.Emit(new QueueDeleted(queue.Id));
        }

        return default(Done);
    }
}
