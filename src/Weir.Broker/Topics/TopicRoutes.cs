using System.Text;
using Weir.Broker.Routing.Patterns;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>A topic's routing table: compiled once from its definitions, and immutable as they are.</summary>
internal sealed class TopicRoutes
{
    private readonly SubscriptionRoute[] _all;
    private readonly SubscriptionRoute[] _unfiltered;
    private readonly PatternSet<SubscriptionRoute>? _byAttributes;
    private readonly PatternSet<SubscriptionRoute>? _byBody;

    private TopicRoutes(DefinitionScope scope)
    {
        Topic = TopicDocuments.Topic(scope);
        var topic = TopicName.Of(scope.Name);
        _all =
        [
            .. TopicDocuments.Subscriptions(scope).Where(subscription => !subscription.IsPending)
                .Select(subscription => new SubscriptionRoute(topic, subscription)),
        ];
        _unfiltered = [.. _all.Where(route => route.Subscription.FilterPolicy is null)];
        _byAttributes = Compile(filtersBody: false, PatternOptions.Sns);
        _byBody = Compile(filtersBody: true, PatternOptions.SnsBody);
    }

    public TopicConfig Topic { get; }

    /// <summary>Null when there is no such topic.</summary>
    public static TopicRoutes? Find(DefinitionCatalog definitions, TopicName topic) =>
        definitions.Find(topic.Scope)?.Compile(static scope => new TopicRoutes(scope));

    /// <summary>The subscriptions that want the message.</summary>
    public IReadOnlyList<SubscriptionRoute> Match(TopicMessage message)
    {
        if (_byAttributes is null && _byBody is null) return _all;
        var matched = new List<SubscriptionRoute>(_unfiltered);
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

    private PatternSet<SubscriptionRoute>? Compile(bool filtersBody, PatternOptions options)
    {
        var filtered = _all
            .Where(route => route.Subscription.FilterPolicy is not null
                && route.Subscription.FiltersBody == filtersBody)
            .Select(route =>
                (Pattern.Parse(Encoding.UTF8.GetBytes(route.Subscription.FilterPolicy!), options).Value, route))
            .ToArray();
        return filtered.Length == 0 ? null : PatternSet<SubscriptionRoute>.Build(filtered);
    }
}
