using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>A subscription's way out of its topic. Dead letters are messages as they were published.</summary>
internal sealed class SubscriptionRoute(TopicName topic, SubscriptionConfig subscription) : Sender
{
    public SubscriptionConfig Subscription { get; } = subscription;

    /// <summary>
    /// Sends a message this way; one that cannot go raw to the dead-letter queue, where an envelope has room for it.
    /// </summary>
    public void Send(OutgoingPublication publication, MessageContent content, Engine.Delivery delivery)
    {
        var count = content.Attributes.Count;
        if (!Subscription.IsRaw || Subscription.Endpoint is not null || count <= SubscriptionConfig.RawAttributesMax)
        {
            publication.Add(this, delivery);
            return;
        }

        publication.AddUndeliverable(
            this, delivery with { Via = Subscription.Id }, DeliveryError.Invalid(
                $"The message has {count} attributes, and one that is delivered raw to a queue at most "
                + $"{SubscriptionConfig.RawAttributesMax}."));
    }

    public override QueueName? DeadLetterQueue => Subscription.DeadLetterQueue;

    public override string ToString() => $"Topic {topic}, a message for subscription {Subscription.Id}";
}
