using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>A topic as it is to be, and what becomes of its archive's queue in the same commit.</summary>
internal sealed record SettledArchive(TopicConfig Config)
{
    public IReadOnlyList<InternalQueue> Create { get; init; } = [];

    public IReadOnlyList<InternalQueue> Configure { get; init; } = [];

    public IReadOnlyList<QueueName> Delete { get; init; } = [];
}

/// <summary>The archive of a FIFO topic, and the replays from it to the topic's subscriptions.</summary>
internal static class TopicArchive
{
    /// <summary>Gives the archive its queue when it begins, and takes it away with all in it when it ends.</summary>
    public static SettledArchive Settle(Broker broker, TopicName name, TopicConfig? before, TopicConfig config)
    {
        if (config.ArchiveDays == (before?.ArchiveDays ?? 0)) return new SettledArchive(config);
        if (config.ArchiveDays == 0)
        {
            return new SettledArchive(config with { Archive = null, ArchivedSinceUnixMs = 0 })
            {
                Delete = [config.Archive!],
            };
        }

        if (config.Archive is { } present)
            return new SettledArchive(config) { Configure = [ArchiveQueue.Describe(present, config.ArchiveDays)] };
        var queue = ArchiveQueue.NameOf(name.Account, name.Region, broker.Ids.NewId());
        return new SettledArchive(config with { Archive = queue, ArchivedSinceUnixMs = NowUnixMs(broker) })
        {
            Create = [ArchiveQueue.Describe(queue, config.ArchiveDays)],
        };
    }

    /// <summary>The change that begins the replay which the subscription names, or ends what it had.</summary>
    public static Outcome<DefinitionChange> Start(
        Broker broker, TopicName name, TopicConfig topic, SubscriptionConfig subscription)
    {
        if (subscription.Replay is not { } window) return Forget(name, subscription.Id);
        if (topic.Archive is null) return TopicFaults.Invalid("ReplayPolicy Reason: the topic has no ArchivePolicy");
        if (subscription.IsPending)
            return TopicFaults.Invalid("ReplayPolicy Reason: set it when the subscription is confirmed");
        var now = NowUnixMs(broker);
        if (window.FromUnixMs > now)
            return TopicFaults.Invalid("ReplayPolicy Reason: StartingPoint must not be in the future");
        return ReplayDirectory.Change(Scope(name), new ReplayConfig
        {
            Name = subscription.Id.ToString(),
            Queue = topic.Archive,
            Topic = name,
            Subscription = subscription.Id,
            FromUnixMs = window.FromUnixMs,
            ToUnixMs = window.ToUnixMs ?? now,
            StartedUnixMs = now,
        });
    }

    /// <summary>The change that ends a subscription's replay, if it has one, and forgets it.</summary>
    public static DefinitionChange Forget(TopicName name, Guid subscription) =>
        new() { Scope = Scope(name), Item = subscription.ToString() };

    public static ReplayConfig? FindReplay(DefinitionCatalog definitions, TopicName name, Guid subscription) =>
        definitions.Find(Scope(name), subscription.ToString()) is { } definition
            ? ArchiveDocuments.Replay(definition)
            : null;

    private static ScopeName Scope(TopicName name) => ArchiveDocuments.TopicReplays(name.Account, name.Region);

    private static long NowUnixMs(Broker broker) => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
