using System.Text;
using Weir.Broker.Routing.Patterns;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>A topic's routing table: compiled once from its definitions, and immutable as they are.</summary>
internal sealed class TopicRoutes
{
    private readonly SubscriptionConfig[] _all;
    private readonly SubscriptionConfig[] _unfiltered;
    private readonly PatternSet<SubscriptionConfig>? _byAttributes;
    private readonly PatternSet<SubscriptionConfig>? _byBody;

    private TopicRoutes(DefinitionScope scope)
    {
        Topic = TopicDocuments.Topic(scope);
        _all = [.. TopicDocuments.Subscriptions(scope).Where(subscription => !subscription.IsPending)];
        _unfiltered = [.. _all.Where(subscription => subscription.FilterPolicy is null)];
        _byAttributes = Compile(filtersBody: false, PatternOptions.Sns);
        _byBody = Compile(filtersBody: true, PatternOptions.SnsBody);
    }

    public TopicConfig Topic { get; }

    /// <summary>Null when there is no such topic.</summary>
    public static TopicRoutes? Find(DefinitionCatalog definitions, TopicName topic) =>
        definitions.Find(topic.Scope)?.Compile(static scope => new TopicRoutes(scope));

    /// <summary>The subscriptions that want the message.</summary>
    public IReadOnlyList<SubscriptionConfig> Match(TopicMessage message)
    {
        if (_byAttributes is null && _byBody is null) return _all;
        var matched = new List<SubscriptionConfig>(_unfiltered);
        var fields = EventFields.Rent();
        if (_byAttributes is not null)
        {
            fields.ReadAttributes(message.Content.Attributes);
            _byAttributes.Match(fields, matched);
        }

        // A body that is no JSON matches no filter of bodies.
        if (_byBody is not null && fields.TryReadJson(message.Content.Body.Span)) _byBody.Match(fields, matched);
        fields.Return();
        return matched;
    }

    private PatternSet<SubscriptionConfig>? Compile(bool filtersBody, PatternOptions options)
    {
        var filtered = _all
            .Where(subscription => subscription.FilterPolicy is not null && subscription.FiltersBody == filtersBody)
            .Select(subscription =>
                (Pattern.Parse(Encoding.UTF8.GetBytes(subscription.FilterPolicy!), options).Value, subscription))
            .ToArray();
        return filtered.Length == 0 ? null : PatternSet<SubscriptionConfig>.Build(filtered);
    }
}
