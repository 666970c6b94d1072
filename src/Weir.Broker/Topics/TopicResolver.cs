using Weir.Broker.Access;
using Weir.Broker.Archives;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>Finds the queues that a message reaches through a topic.</summary>
internal static class TopicResolver
{
    /// <summary>The message with all its ways, or why the topic does not take it.</summary>
    public static Outcome<OutgoingPublication> Resolve(
        DefinitionCatalog definitions, IdSource ids, TopicName topic, TopicMessage message)
    {
        if (TopicRoutes.Find(definitions, topic) is not { } routes) return TopicFaults.TopicNotFound(topic);
        if (TopicPublisher.Check(routes.Topic, message) is { } fault) return fault;
        var isFifo = routes.Topic.IsFifo;
        var deduplicationId = isFifo ? message.DeduplicationId ?? message.ContentDeduplicationId : null;
        var publication = new OutgoingPublication(message.Content.Notification!.MessageId)
        {
            Sequencer = isFifo ? topic.Sequencer : null,
            GroupId = message.GroupId,
            DeduplicationId = deduplicationId,
        };
        var content = publication.Store(message.Content, message.ContentBytes);
        var ttl = TimeToLive.Of(message.Content.Attributes);
        if (routes.Topic.Archive is { } archive)
        {
            publication.Add(new ArchiveSender(archive), new Engine.Delivery
            {
                Queue = archive, MessageId = publication.MessageId, Content = content, GroupId = message.GroupId,
                IsArchive = true,
            });
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(message.Content.Notification!.PublishedUnixMs);
        foreach (var route in routes.Match(message))
        {
            var delivery = new Engine.Delivery
            {
                Queue = route.Subscription.Queue,
                MessageId = ids.NewId(),
                Content = content,
                Via = route.Subscription.Via,
                Ttl = route.Subscription.Queue.IsInternal ? null : ttl,
                GroupId = message.GroupId,
                DeduplicationId = deduplicationId,
                ContentDeduplicationId = message.ContentDeduplicationId,
            };
            if (ServiceAccess.Allows(definitions, topic, delivery.Queue, now))
                route.Send(publication, message.Content, delivery);
            else publication.AddUndeliverable(route, delivery, ServiceAccess.Denied(delivery.Queue));
        }

        return publication;
    }
}
