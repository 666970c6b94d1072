using System.Globalization;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Delivers archived messages of a topic to one of its subscriptions again.</summary>
internal sealed class TopicReplay(Broker broker, Forwarder forwarder)
{
    /// <summary>Publishes a page, or the first messages of it, in one commit with the replay's progress.</summary>
    public async ValueTask<Fault?> PublishAsync(
        ReplayConfig replay, IReadOnlyList<BrowsedMessage> page, Func<StoredMessage, DefinitionChange> progress)
    {
        if (TopicRoutes.Find(broker.Definitions, replay.Topic!) is not { } routes)
            return TopicFaults.TopicNotFound(replay.Topic!);
        var taken = new ReplayPage();
        foreach (var message in page)
        {
            var unit = new Outgoing(replay.Topic!.Account, broker.Ids);
            if (Match(routes, replay, message) is { } route) unit.Add(ToPublication(replay, route, message));
            if (!taken.TryAdd(message.Stored, unit)) break;
        }

        var outgoing = new Outgoing(replay.Topic!.Account, broker.Ids) { Changes = [progress(taken.Last!)] };
        taken.AddTo(outgoing);
        return (await forwarder.ForwardAsync(outgoing).ConfigureAwait(false)).Fault;
    }

    private static SubscriptionRoute? Match(TopicRoutes routes, ReplayConfig replay, BrowsedMessage message) => routes
        .Match(new TopicMessage { Content = message.Content, ContentBytes = message.Content.Bytes })
        .FirstOrDefault(route => route.Subscription.Id == replay.Subscription);

    // A queue that still remembers the first copy would not take one with the same deduplication id.
    private OutgoingPublication ToPublication(ReplayConfig replay, SubscriptionRoute route, BrowsedMessage message)
    {
        var notification = message.Content.Notification!;
        var content = message.Content with { Notification = notification with { IsReplayed = true } };
        var publication = new OutgoingPublication(notification.MessageId);
        route.Send(publication, content, new Engine.Delivery
        {
            Queue = route.Subscription.Queue,
            MessageId = broker.Ids.NewId(),
            Content = publication.Store(content, content.Bytes),
            Via = route.Subscription.Via,
            GroupId = message.Stored.GroupId,
            DeduplicationId = string.Create(
                CultureInfo.InvariantCulture, $"{notification.MessageId}-{replay.StartedUnixMs}"),
        });
        return publication;
    }
}
