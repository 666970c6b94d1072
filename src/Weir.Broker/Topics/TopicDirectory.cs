using Weir.Broker.Archives;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>A topic as it stands.</summary>
public sealed record TopicDescription(
    TopicName Name, TopicConfig Config, IReadOnlyList<SubscriptionConfig> Subscriptions)
{
    public SubscriptionConfig? Find(Guid subscription) =>
        Subscriptions.FirstOrDefault(present => present.Id == subscription);
}

/// <summary>Creates, changes and finds topics and their subscriptions.</summary>
public sealed class TopicDirectory(Broker broker)
{
    /// <summary>Topics of an account in a region. Amazon SNS: standard topics.</summary>
    public const int TopicsMax = 100_000;

    /// <summary>Subscriptions of a topic, all of which one commit reaches, with the longest group ids too.</summary>
    public const int SubscriptionsMax = 5_000;

    /// <summary>Of a FIFO topic, as with Amazon SNS.</summary>
    public const int FifoSubscriptionsMax = 100;

    /// <summary>Raised when a topic or its subscriptions have changed.</summary>
    public event Action<TopicName>? SubscriptionsChanged;

    /// <summary>A try fails only when another's change went through in between; this many never do by chance.</summary>
    private const int TriesMax = 20;

    /// <summary>Creates a topic, or answers the one that is there, which <paramref name="accept"/> judges.</summary>
    public async ValueTask<Outcome<Done>> CreateAsync(
        TopicName name, TopicConfig config, Func<TopicConfig, Fault?> accept)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Describe(read.Value, name) is { } present)
                return accept(present.Config) is { } fault ? fault : default(Done);
            if (read.Value.ScopesOf(TopicName.ScopeKind, name.Account, name.Region).Count() >= TopicsMax)
                return new Fault(FaultCode.InFlightLimit, $"There are {TopicsMax} topics already; delete some first.");
            var archived = TopicArchive.Settle(broker, name, null, config with { CreatedUnixMs = NowUnixMs });
            var change = new DefinitionChange
            {
                Scope = name.Scope,
                Item = TopicDocuments.TopicItem,
                Value = TopicDocuments.Write(archived.Config),
                ExpectedRevision = 0,
            };
            var command = new DefineCommand([change])
            {
                Create = [.. archived.Create, .. SequencersOf(name, config)],
            };
            var outcome = await DefineAsync(name, command).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    /// <summary>
    /// Deletes a topic with its subscriptions; one that is not there is deleted already. One with an archive stays.
    /// </summary>
    public async ValueTask<Outcome<Done>> DeleteAsync(TopicName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (Describe(read.Value, name) is { Config.Archive: not null })
            return TopicFaults.Invalid("Cannot delete a topic with an ArchivePolicy");
        var replays = SubscriptionsOf(read.Value, name).Select(found => TopicArchive.Forget(name, found.Id));
        var queues = SubscriptionsOf(read.Value, name).Where(IsPushing).Select(subscription => subscription.Queue);
        return await DefineAsync(name, new DefineCommand([new DefinitionChange { Scope = name.Scope }, .. replays])
        {
            Delete = [name.Sequencer, .. queues],
        }).ConfigureAwait(false);
    }

    /// <summary>All topics of all accounts.</summary>
    public static IEnumerable<TopicName> TopicsIn(DefinitionCatalog definitions) => definitions.Scopes
        .Where(scope => scope.Name.Kind == TopicName.ScopeKind)
        .Select(scope => TopicName.Of(scope.Name));

    /// <summary>The topic as it is, durable or about to be; null when there is none.</summary>
    public static TopicConfig? ConfigOf(DefinitionCatalog definitions, TopicName name) =>
        TopicRoutes.Find(definitions, name)?.Topic;

    /// <summary>None when there is no such topic.</summary>
    public static IEnumerable<SubscriptionConfig> SubscriptionsOf(DefinitionCatalog definitions, TopicName name) =>
        definitions.Find(name.Scope) is { } scope ? TopicDocuments.Subscriptions(scope) : [];

    /// <summary>Confirms the subscription that waits for this token; null when none does.</summary>
    /// <param name="endsSignedOnly">Whether ending it needs a signature from then on.</param>
    public async ValueTask<Outcome<Guid?>> ConfirmAsync(TopicName name, string token, bool endsSignedOnly)
    {
        var read = await GetAsync(name).ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        if (read.Value.Subscriptions.FirstOrDefault(found => found.Token == token) is not { } subscription)
            return new Outcome<Guid?>(value: null);
        var outcome = await ConfigureAsync(
            name, subscription.Id, found => new Outcome<SubscriptionConfig>(found with
            {
                Token = null, EndsSignedOnly = endsSignedOnly,
            })).ConfigureAwait(false);
        return outcome.IsOk ? new Outcome<Guid?>(subscription.Id) : outcome.Fault;
    }

    public async ValueTask<Outcome<TopicDescription>> GetAsync(TopicName name)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return Describe(read.Value, name) is { } found ? found : TopicFaults.TopicNotFound(name);
    }

    /// <summary>The topics of an account in a region, in the order of their names.</summary>
    public async ValueTask<Outcome<IReadOnlyList<TopicDescription>>> ListAsync(string account, string region)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        if (!read.IsOk) return read.Fault;
        return read.Value.ScopesOf(TopicName.ScopeKind, account, region)
            .Select(scope => Describe(read.Value, TopicName.Of(scope.Name))!)
            .ToArray();
    }

    /// <summary>Changes a topic depending on what it is.</summary>
    /// <param name="edit">The new configuration, or why there is none. May be called more than once.</param>
    public async ValueTask<Outcome<Done>> ConfigureAsync(TopicName name, Func<TopicConfig, Outcome<TopicConfig>> edit)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (read.Value.Find(name.Scope) is not { } scope) return TopicFaults.TopicNotFound(name);
            var present = TopicDocuments.Topic(scope);
            var edited = edit(present);
            if (!edited.IsOk) return edited.Fault;
            var archived = TopicArchive.Settle(broker, name, present, edited.Value);
            var change = new DefinitionChange
            {
                Scope = name.Scope,
                Item = TopicDocuments.TopicItem,
                Value = TopicDocuments.Write(archived.Config),
                ExpectedRevision = scope.Items[TopicDocuments.TopicItem].Revision,
            };
            var outcome = await DefineAsync(name, new DefineCommand([change])
            {
                Create = archived.Create,
                Configure = [.. archived.Configure, .. SequencersOf(name, edited.Value)],
                Delete = archived.Delete,
            }).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    /// <summary>
    /// Subscribes a queue, or answers the subscription that it has already, which <paramref name="accept"/> judges.
    /// </summary>
    public async ValueTask<Outcome<Guid>> SubscribeAsync(
        TopicName name, SubscriptionConfig subscription, Func<SubscriptionConfig, Fault?> accept)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await GetAsync(name).ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            var subscriptions = read.Value.Subscriptions;
            if (subscriptions.FirstOrDefault(other => IsSame(other, subscription)) is { } present)
                return accept(present) is { } fault ? fault : present.Id;
            var max = read.Value.Config.IsFifo ? FifoSubscriptionsMax : SubscriptionsMax;
            if (subscriptions.Count >= max)
                return new Fault(FaultCode.InFlightLimit, $"The topic has {max} subscriptions, and takes no more.");

            var replay = TopicArchive.Start(broker, name, read.Value.Config, subscription);
            if (!replay.IsOk) return replay.Fault;
            var change = Change(name, subscription) with
            {
                ExpectedRevision = 0,
                RequiredItem = TopicDocuments.TopicItem,
            };
            var outcome = await DefineAsync(name, new DefineCommand([change, replay.Value])
            {
                Create = IsPushing(subscription) ? [PushQueueOf(subscription)] : [],
            }).ConfigureAwait(false);
            if (outcome.IsOk) return subscription.Id;
            if (outcome.Fault.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome.Fault;
        }
    }

    /// <summary>One that is not there is unsubscribed already.</summary>
    public async ValueTask<Outcome<Done>> UnsubscribeAsync(TopicName name, Guid id)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Describe(read.Value, name)?.Find(id) is not { } subscription) return default(Done);

            // The queue may have been subscribed anew meanwhile, which is another subscription under the same item.
            var definition = read.Value.Find(name.Scope, TopicDocuments.ItemOf(subscription))!;
            var change = Change(name, subscription) with { Value = null, ExpectedRevision = definition.Revision };
            var command = new DefineCommand([change, TopicArchive.Forget(name, id)]);
            var outcome = await DefineAsync(name, command).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    /// <summary>Changes a subscription depending on what it is.</summary>
    /// <param name="startsReplay">
    /// The replay that the subscription names begins, in the place of the one that may be under way.
    /// </param>
    public async ValueTask<Outcome<Done>> ConfigureAsync(
        TopicName name, Guid id, Func<SubscriptionConfig, Outcome<SubscriptionConfig>> edit, bool startsReplay = false)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await ReadAllAsync().ConfigureAwait(false);
            if (!read.IsOk) return read.Fault;
            if (Describe(read.Value, name) is not { } topic || topic.Find(id) is not { } subscription)
                return new Fault(FaultCode.ResourceNotFound, "Subscription does not exist");
            var edited = edit(subscription);
            if (!edited.IsOk) return edited.Fault;
            var definition = read.Value.Find(name.Scope, TopicDocuments.ItemOf(subscription))!;
            var changes = new List<DefinitionChange>
            {
                Change(name, edited.Value) with { ExpectedRevision = definition.Revision },
            };
            if (startsReplay)
            {
                var replay = TopicArchive.Start(broker, name, topic.Config, edited.Value);
                if (!replay.IsOk) return replay.Fault;
                changes.Add(replay.Value);
            }

            var outcome = await DefineAsync(name, new DefineCommand(changes)).ConfigureAwait(false);
            if (outcome.Fault?.Code != FaultCode.ConfigChanged || tries == TriesMax) return outcome;
        }
    }

    /// <summary>The replay to a subscription that was started last; null when there was none.</summary>
    public async ValueTask<Outcome<ReplayConfig?>> GetReplayAsync(TopicName name, Guid subscription)
    {
        var read = await ReadAllAsync().ConfigureAwait(false);
        return read.IsOk
            ? new Outcome<ReplayConfig?>(TopicArchive.FindReplay(read.Value, name, subscription))
            : read.Fault;
    }

    private static bool IsPushing(SubscriptionConfig subscription) => subscription.Endpoint is not null;

    private static bool IsSame(SubscriptionConfig left, SubscriptionConfig right) =>
        TopicDocuments.ItemOf(left) == TopicDocuments.ItemOf(right);

    private static InternalQueue PushQueueOf(SubscriptionConfig subscription) => new(
        subscription.Queue, subscription.Queue.HasFifoSuffix ? QueueConfig.Fifo : QueueConfig.Standard);

    private long NowUnixMs => broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DefinitionChange Change(TopicName name, SubscriptionConfig subscription) => new()
    {
        Scope = name.Scope,
        Item = TopicDocuments.ItemOf(subscription),
        Value = TopicDocuments.Write(subscription),
    };

    /// <summary>One for a FIFO topic, none for another.</summary>
    private static InternalQueue[] SequencersOf(TopicName name, TopicConfig config) =>
        config.IsFifo ? [SequencerOf(name, config)] : [];

    private static InternalQueue SequencerOf(TopicName name, TopicConfig config) =>
        new(name.Sequencer, QueueConfig.Fifo with
        {
            DeduplicationScope =
                config.DeduplicatesByGroup ? DeduplicationScope.MessageGroup : DeduplicationScope.Queue,
        });

    private static TopicDescription? Describe(DefinitionCatalog definitions, TopicName name) =>
        definitions.Find(name.Scope) is { } scope
            ? new(name, TopicDocuments.Topic(scope), [.. TopicDocuments.Subscriptions(scope)])
            : null;

    /// <summary>The one way of all changes, so that none goes untold.</summary>
    private async ValueTask<Outcome<Done>> DefineAsync(TopicName name, DefineCommand command)
    {
        var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
        if (outcome.IsOk) SubscriptionsChanged?.Invoke(name);
        return outcome;
    }

    private ValueTask<Outcome<DefinitionCatalog>> ReadAllAsync() => broker.ReadDefinitionsAsync();
}
