using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>A message on its way from a topic to its queues, which can still be sent elsewhere.</summary>
internal sealed class OutgoingPublication
{
    private readonly IdSource _ids;
    private readonly TopicName _topic;
    private readonly TopicMessage _message;
    private readonly bool _isFifo;
    private readonly PublishedContent _content;
    private readonly List<Route> _routes = [];

    public OutgoingPublication(IdSource ids, TopicName topic, TopicRoutes routes, TopicMessage message)
    {
        (_ids, _topic, _message, _isFifo) = (ids, topic, message, routes.Topic.IsFifo);
        _content = new PublishedContent(message.Content.Encode(), message.ContentBytes);
        foreach (var subscription in routes.Match(message))
            _routes.Add(new Route(subscription, subscription.Queue, ids.NewId()));
        if (routes.Topic.Archive is { } archive)
            _routes.Add(new Route(null, archive, message.Content.Notification!.MessageId));
    }

    private string? DeduplicationId =>
        _isFifo ? _message.DeduplicationId ?? _message.ContentDeduplicationId : null;

    public Publication ToPublication() => new()
    {
        MessageId = _message.Content.Notification!.MessageId,
        Contents = [_content],
        Deliveries = [.. _routes.Select(ToDelivery)],
        Sequencer = _isFifo ? _topic.Sequencer : null,
        GroupId = _message.GroupId,
        DeduplicationId = DeduplicationId,
    };

    /// <summary>
    /// Sends what would have gone this way to the subscription's dead-letter queue, or, from there, nowhere.
    /// </summary>
    /// <returns>Null for the archive's copy: the archive was deleted meanwhile.</returns>
    public (Guid Subscription, bool IsDeadLettered)? Reroute(int delivery)
    {
        var route = _routes[delivery];
        if (route.Subscription is not { } subscription)
        {
            _routes.RemoveAt(delivery);
            return null;
        }

        if (subscription.DeadLetterQueue is { } deadLetterQueue && route.Queue != deadLetterQueue)
        {
            _routes[delivery] = new Route(subscription, deadLetterQueue, _ids.NewId());
            return (subscription.Id, true);
        }

        _routes.RemoveAt(delivery);
        return (subscription.Id, false);
    }

    private Engine.Delivery ToDelivery(Route route) => new()
    {
        Queue = route.Queue,
        MessageId = route.MessageId,
        Via = route.Subscription?.Via ?? Guid.Empty,
        GroupId = _message.GroupId,
        DeduplicationId = DeduplicationId,
        ContentDeduplicationId = _message.ContentDeduplicationId,
    };

    private readonly record struct Route(SubscriptionConfig? Subscription, QueueName Queue, Guid MessageId);
}
