using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Delivers archived messages of a topic to one of its subscriptions again.</summary>
internal sealed partial class TopicReplay(Broker broker, ILogger logger)
{
    /// <summary>A commit of more than this is not made, if it has more than one message.</summary>
    private const int CommitBytesMax = 1 << 20;

    /// <summary>Each try sends elsewhere what its queue does not take, at most twice.</summary>
    private const int TriesMax = 3;

    /// <summary>Publishes a page, or the first messages of it, in one commit with the replay's progress.</summary>
    public async ValueTask<Fault?> PublishAsync(
        ReplayConfig replay, IReadOnlyList<BrowsedMessage> page, Func<StoredMessage, DefinitionChange> progress)
    {
        if (TopicRoutes.Find(broker.Definitions, replay.Topic!) is not { } routes)
            return TopicFaults.TopicNotFound(replay.Topic!);
        var (outgoing, bytes, taken) = (new List<Publication>(), 0L, 0);
        SubscriptionConfig? subscription = null;
        foreach (var message in page)
        {
            if (Match(routes, replay, message) is { } found)
            {
                subscription = found;
                var publication = ToPublication(replay, found, message);
                bytes += new PublishCommand([publication]).RecordBytesMax;
                if (outgoing.Count > 0 && bytes > CommitBytesMax) break;
                outgoing.Add(publication);
            }

            taken++;
        }

        return await CommitAsync(outgoing, subscription, progress(page[taken - 1].Stored)).ConfigureAwait(false);
    }

    private static SubscriptionConfig? Match(TopicRoutes routes, ReplayConfig replay, BrowsedMessage message) => routes
        .Match(new TopicMessage { Content = message.Content, ContentBytes = BytesOf(message.Content) })
        .FirstOrDefault(subscription => subscription.Id == replay.Subscription);

    // A queue that still remembers the first copy would not take one with the same deduplication id.
    private Publication ToPublication(ReplayConfig replay, SubscriptionConfig subscription, BrowsedMessage message)
    {
        var notification = message.Content.Notification!;
        var content = message.Content with { Notification = notification with { IsReplayed = true } };
        return new Publication
        {
            MessageId = notification.MessageId,
            Contents = [new PublishedContent(content.Encode(), BytesOf(content))],
            Deliveries =
            [
                new Engine.Delivery
                {
                    Queue = subscription.Queue,
                    MessageId = broker.Ids.NewId(),
                    Via = subscription.Via,
                    GroupId = message.Stored.GroupId,
                    DeduplicationId = string.Create(
                        CultureInfo.InvariantCulture, $"{notification.MessageId}-{replay.StartedUnixMs}"),
                },
            ],
        };
    }

    private async ValueTask<Fault?> CommitAsync(
        List<Publication> outgoing, SubscriptionConfig? subscription, DefinitionChange progress)
    {
        for (var tries = 1; ; tries++)
        {
            var command = new PublishCommand(outgoing) { Changes = [progress] };
            var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
            if (!outcome.IsOk) return outcome.Fault;
            if (outcome.Value.Failures.Count == 0) return null;
            foreach (var failure in outcome.Value.Failures)
            {
                if (failure.Reason.Code == FaultCode.Overloaded || tries == TriesMax) return failure.Reason;
                outgoing[failure.Publication] = Reroute(outgoing[failure.Publication], subscription!, failure.Reason);
            }
        }
    }

    private Publication Reroute(Publication publication, SubscriptionConfig subscription, Fault reason)
    {
        var delivery = publication.Deliveries[0];
        if (subscription.DeadLetterQueue is { } queue && delivery.Queue != queue)
        {
            LogDeadLettered(publication.MessageId, subscription.Id, reason.Message);
            return publication with { Deliveries = [delivery with { Queue = queue }] };
        }

        LogDropped(publication.MessageId, subscription.Id, reason.Message);
        return publication with { Deliveries = [] };
    }

    private static int BytesOf(MessageContent content) => content.Body.Length + content.Attributes.Sum(attribute =>
        Encoding.UTF8.GetByteCount(attribute.Name) + attribute.DataType.Length + attribute.Value.Length);

    [LoggerMessage(LogLevel.Warning,
        "Replayed message {Message} for subscription {Subscription} goes to its dead-letter queue: {Reason}")]
    private partial void LogDeadLettered(Guid message, Guid subscription, string reason);

    [LoggerMessage(LogLevel.Error,
        "Replayed message {Message} is not delivered to subscription {Subscription}, which has no dead-letter queue "
        + "that takes it: {Reason}")]
    private partial void LogDropped(Guid message, Guid subscription, string reason);
}
