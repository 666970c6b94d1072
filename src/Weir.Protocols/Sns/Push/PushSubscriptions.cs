using Weir.Broker.Delivery;
using Weir.Broker.Topics;
using Weir.Protocols.Aws.Notifications;
using Weir.Protocols.Sns.Attributes;

namespace Weir.Protocols.Sns.Push;

/// <summary>Keeps the dispatcher's routes as the topics' HTTP subscriptions are.</summary>
internal sealed class PushSubscriptions(
    Broker.Broker broker, PushDispatcher dispatcher, NotificationSigner signer, string baseUrl)
{
    /// <summary>SNS waits 15 seconds for an endpoint's answer.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<TopicName, Dictionary<Guid, Pushed>> _routes = [];
    private readonly NotificationRequests _requests = new(signer, baseUrl);

    /// <summary>Starts the routes of all topics that there are.</summary>
    public void Start()
    {
        foreach (var topic in TopicDirectory.TopicsIn(broker.Definitions)) Refresh(topic);
    }

    /// <summary>To be called after each change of a topic or its subscriptions.</summary>
    public void Refresh(TopicName topic)
    {
        lock (_lock)
        {
            var shared = TopicAttributes.DeliveryPolicyOf(TopicDirectory.ConfigOf(broker.Definitions, topic));
            var wanted = TopicDirectory.SubscriptionsOf(broker.Definitions, topic)
                .Where(subscription => subscription.Endpoint is not null)
                .ToDictionary(subscription => subscription.Id, subscription => new Pushed(subscription, shared));
            var present = _routes.GetValueOrDefault(topic) ?? [];
            foreach (var id in present.Keys.Where(id => !wanted.ContainsKey(id))) dispatcher.Remove(id.ToString());
            foreach (var (id, pushed) in wanted)
            {
                if (present.GetValueOrDefault(id) != pushed) dispatcher.Set(RouteOf(topic, pushed));
            }

            if (wanted.Count > 0) _routes[topic] = wanted;
            else _routes.Remove(topic);
        }
    }

    private PushRoute RouteOf(TopicName topic, Pushed pushed)
    {
        var subscription = pushed.Subscription;
        var policy = EffectiveDeliveryPolicy.Of(pushed.TopicPolicy, subscription.DeliveryPolicy);
        return new PushRoute
        {
            Id = subscription.Id.ToString(),
            Queue = subscription.Queue,
            Endpoint = new Uri(subscription.Endpoint!),
            Render = (message, _) => _requests.RenderAsync(message, topic, subscription, policy.ContentType),
            Retry = policy.Retry.ToPolicy(),
            RatePerSecond = policy.RatePerSecond,
            Timeout = Timeout,
            OrderedByGroup = subscription.Queue.HasFifoSuffix,
            DeadLetter = (message, _) => _requests.DeadLetterAsync(message, subscription),
        };
    }

    /// <summary>What a route is made of.</summary>
    /// <param name="TopicPolicy">The topic's delivery policy; null: it has none.</param>
    private sealed record Pushed(SubscriptionConfig Subscription, string? TopicPolicy);
}
