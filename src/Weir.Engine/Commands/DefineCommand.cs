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
    public override string? Account => changes.Count > 0
        ? changes[0].Scope.Account
        : (Create.Concat(Configure).FirstOrDefault()?.Name ?? (Delete.Count > 0 ? Delete[0] : null))?.Account;

    public override IReadOnlySet<string> Accounts
    {
        get
        {
            var accounts = new HashSet<string>(StringComparer.Ordinal);
            foreach (var change in changes) accounts.Add(change.Scope.Account);
            foreach (var queue in Create.Concat(Configure)) accounts.Add(queue.Name.Account);
            foreach (var name in Delete) accounts.Add(name.Account);
            return accounts;
        }
    }

    /// <summary>Created unless they are there already, which leaves them as they are.</summary>
    public IReadOnlyList<InternalQueue> Create { get; init; } = [];

    /// <summary>Configured anew; each must be there.</summary>
    public IReadOnlyList<InternalQueue> Configure { get; init; } = [];

    /// <summary>Deleted with what is in them, if they are there.</summary>
    public IReadOnlyList<QueueName> Delete { get; init; } = [];

    public override int RecordBytesMax =>
        changes.Sum(change => change.BytesMax) + (64 * Delete.Count)
        + Create.Concat(Configure).Sum(queue => 512 + SpanWriter.BytesMax(queue.Name)
            + QueueConfigFormat.BytesMax(queue.Config));

    public override int HeldBytes => base.HeldBytes + RecordBytesMax;

    public override bool AddsData => changes.Any(change => change.Value is not null);

    /// <summary>What of it concerns an account.</summary>
    public DefineCommand Of(string account) => new([.. changes.Where(change => change.Scope.Account == account)])
    {
        Create = [.. Create.Where(queue => queue.Name.Account == account)],
        Configure = [.. Configure.Where(queue => queue.Name.Account == account)],
        Delete = [.. Delete.Where(name => name.Account == account)],
    };

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
