using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>
/// Publishes to topics: matches each message against the routing table on the caller's thread, and hands the shard one
/// command that names every queue.
/// </summary>
public sealed partial class TopicPublisher(Broker broker, ILogger logger)
{
    /// <summary>Each try removes what did not reach its queue; only queues deleted meanwhile ask for another.</summary>
    private const int TriesMax = 10;

    /// <summary>How the topic wants envelopes signed.</summary>
    public static int SignatureVersionOf(DefinitionCatalog definitions, TopicName topic) =>
        TopicRoutes.Find(definitions, topic)?.Topic.SignatureVersion ?? 1;

    /// <summary>Publishes messages to one topic in one commit, in order.</summary>
    /// <returns>One answer for each; a refusal as a whole leaves none published.</returns>
    public async ValueTask<Outcome<IReadOnlyList<Published>>> PublishAsync(
        TopicName topic, IReadOnlyList<TopicMessage> messages)
    {
        if (TopicRoutes.Find(broker.Definitions, topic) is not { } routes) return TopicFaults.TopicNotFound(topic);
        var outgoing = new List<OutgoingPublication>(messages.Count);
        foreach (var message in messages)
        {
            if (Check(routes.Topic, message) is { } fault) return fault;
            outgoing.Add(new OutgoingPublication(broker.Ids, topic, routes, message));
        }

        for (var tries = 1; ; tries++)
        {
            var command = new PublishCommand([.. outgoing.Select(publication => publication.ToPublication())]);
            var outcome = await broker.ExecuteAsync(command).ConfigureAwait(false);
            if (!outcome.IsOk)
            {
                return outcome.Fault.Code == FaultCode.QueueNotFound
                    ? TopicFaults.TopicNotFound(topic)
                    : outcome.Fault;
            }

            if (outcome.Value.Failures.Count == 0) return new(outcome.Value.Published);
            foreach (var failure in outcome.Value.Failures)
            {
                if (failure.Reason.Code == FaultCode.Overloaded || tries == TriesMax) return failure.Reason;
            }

            Reroute(topic, outgoing, outcome.Value.Failures);
        }
    }

    /// <summary>Why the topic does not take the message; null when it does.</summary>
    public static Fault? Check(TopicConfig topic, TopicMessage message)
    {
        if (message.ContentBytes > topic.MessageBytesMax)
        {
            return new Fault(FaultCode.MessageTooLong,
                $"Message too long: {message.ContentBytes} bytes of body and attributes, where the topic takes "
                + $"{topic.MessageBytesMax}.");
        }

        if (!topic.IsFifo)
        {
            return message.DeduplicationId is null ? null : TopicFaults.Invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not "
                + "valid for this topic type");
        }

        if (message.GroupId is null)
            return TopicFaults.Invalid("The MessageGroupId parameter is required for FIFO topics");
        return message.DeduplicationId is null && !topic.ContentBasedDeduplication
            ? TopicFaults.Invalid("The topic should either have ContentBasedDeduplication enabled or "
                + "MessageDeduplicationId provided explicitly")
            : null;
    }

    private void Reroute(
        TopicName topic, List<OutgoingPublication> outgoing, IReadOnlyList<DeliveryFailure> failures)
    {
        // From the last to the first, so that the places of those before it stay what the failure says.
        foreach (var failure in failures.Reverse())
        {
            if (outgoing[failure.Publication].Reroute(failure.Delivery) is not var (subscription, isDeadLettered))
                continue;
            if (isDeadLettered) LogDeadLettered(topic, subscription, failure.Reason.Message);
            else LogDropped(topic, subscription, failure.Reason.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Topic {Topic}: a message for subscription {Subscription} goes to its dead-letter queue: {Reason}")]
    private partial void LogDeadLettered(TopicName topic, Guid subscription, string reason);

    [LoggerMessage(LogLevel.Error,
        "Topic {Topic}: a message is not delivered to subscription {Subscription}, which has no dead-letter queue that "
        + "takes it: {Reason}")]
    private partial void LogDropped(TopicName topic, Guid subscription, string reason);
}
