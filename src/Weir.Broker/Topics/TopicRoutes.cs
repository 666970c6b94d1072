using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>A topic's routing table: compiled once from its definitions, and immutable as they are.</summary>
internal sealed class TopicRoutes
{
    private readonly SubscriptionConfig[] _subscriptions;

    private TopicRoutes(DefinitionScope scope)
    {
        Topic = TopicDocuments.Topic(scope);
        _subscriptions = [.. TopicDocuments.Subscriptions(scope)];
    }

    public TopicConfig Topic { get; }

    /// <summary>Null when there is no such topic.</summary>
    public static TopicRoutes? Find(DefinitionCatalog definitions, TopicName topic) =>
        definitions.Find(topic.Scope)?.Compile(static scope => new TopicRoutes(scope));

    /// <summary>The subscriptions that want the message.</summary>
    public IReadOnlyList<SubscriptionConfig> Match(TopicMessage message) => _subscriptions;
}
