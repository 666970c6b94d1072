using Weir.Broker.Forwarding;
using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>A subscription's way out of its topic. Dead letters are messages as they were published.</summary>
internal sealed class SubscriptionRoute(TopicName topic, SubscriptionConfig subscription) : Sender
{
    public SubscriptionConfig Subscription { get; } = subscription;

    public override QueueName? DeadLetterQueue => Subscription.DeadLetterQueue;

    public override string ToString() => $"Topic {topic}, a message for subscription {Subscription.Id}";
}
