using Microsoft.Extensions.Logging;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Topics;

/// <summary>
/// Publishes to topics: matches each message against the routing table on the caller's thread, and hands the shard one
/// command that names every queue.
/// </summary>
public sealed class TopicPublisher(Broker broker, ILogger logger)
{
    private readonly Forwarder _forwarder = new(broker, logger);

    /// <summary>How the topic wants envelopes signed.</summary>
    public static int SignatureVersionOf(DefinitionCatalog definitions, TopicName topic) =>
        TopicRoutes.Find(definitions, topic)?.Topic.SignatureVersion ?? 1;

    /// <summary>Publishes messages to one topic in one commit, in order.</summary>
    /// <returns>One answer for each; a refusal as a whole leaves none published.</returns>
    public async ValueTask<Outcome<IReadOnlyList<Published>>> PublishAsync(
        TopicName topic, IReadOnlyList<TopicMessage> messages)
    {
        var outgoing = new Outgoing(topic.Account, broker.Ids);
        foreach (var message in messages)
        {
            var resolved = TopicResolver.Resolve(broker.Definitions, broker.Ids, topic, message);
            if (!resolved.IsOk) return resolved.Fault;
            outgoing.Add(resolved.Value);
        }

        var outcome = await _forwarder.ForwardAsync(outgoing).ConfigureAwait(false);
        return outcome.Fault?.Code == FaultCode.QueueNotFound ? TopicFaults.TopicNotFound(topic) : outcome;
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

        if (!TimeToLive.TryRead(message.Content.Attributes, out _)) return TopicFaults.Invalid(TimeToLive.Rule);
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
}
