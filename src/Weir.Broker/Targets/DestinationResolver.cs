using System.Security.Cryptography;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Broker.Messages;
using Weir.Broker.Topics;
using Weir.Engine;
using Weir.Engine.Definitions;

namespace Weir.Broker.Targets;

/// <summary>Finds the queues that a destination leads to.</summary>
internal sealed class DestinationResolver(DefinitionCatalog definitions, IdSource ids, DateTimeOffset now)
{
    /// <summary>
    /// Adds a message's ways to what goes out. What has no way goes to the sender's dead-letter queue, or is noted as
    /// undelivered, or refuses it all when the sender is held back.
    /// </summary>
    /// <param name="account">That a bus's event comes from.</param>
    public void Send(
        Outgoing outgoing, Sender sender, Destination destination, MessageContent content, string account)
    {
        if (destination.Queue is { } queue) SendToQueue(outgoing, sender, destination, queue, content);
        else if (destination.Topic is { } topic) SendToTopic(outgoing, sender, destination, topic, content);
        else SendToBus(outgoing, sender, destination, destination.Bus!, content, account);
    }

    private void SendToQueue(
        Outgoing outgoing, Sender sender, Destination destination, QueueName queue, MessageContent content)
    {
        var publication = Begin(outgoing);
        publication.Add(sender, new Engine.Delivery
        {
            Queue = queue,
            MessageId = publication.MessageId,
            Content = publication.Store(content, content.Bytes),
            GroupId = destination.GroupId,
            DeduplicationId = destination.DeduplicationId,
            ContentDeduplicationId = queue.HasFifoSuffix
                ? Convert.ToHexStringLower(SHA256.HashData(content.Body.Span))
                : null,
        });
    }

    private void SendToTopic(
        Outgoing outgoing, Sender sender, Destination destination, TopicName topic, MessageContent content)
    {
        var message = TopicMessage.Of(definitions, topic, ids.NewId(), now, content, destination.Subject) with
        {
            GroupId = destination.GroupId, DeduplicationId = destination.DeduplicationId,
        };
        var resolved = TopicResolver.Resolve(definitions, ids, topic, message);
        if (resolved.IsOk) outgoing.Add(resolved.Value);
        else Fail(outgoing, sender, resolved.Fault);
    }

    private void SendToBus(
        Outgoing outgoing, Sender sender, Destination destination, BusName bus, MessageContent content, string account)
    {
        if (!EventEnvelope.CanHold(content.Body.Span))
        {
            outgoing.Fail(Begin(outgoing), sender, DeliveryError.Invalid("An event's detail must be a JSON object."));
            return;
        }

        var id = ids.NewId();
        var busEvent = new BusEvent
        {
            Id = id,
            Bus = bus,
            Json = new EventEnvelope
            {
                Id = id,
                Source = destination.Source!,
                DetailType = destination.DetailType!,
                Account = account,
                Region = bus.Region,
                Time = now,
                Resources = destination.Resources ?? [],
            }.Write(content.Body.Span),
            TakenInAt = now,
            SenderId = content.SenderId,
            TraceHeader = content.TraceHeader,
        };

        // What an event's own rules make of it is taken over only when all of it can be.
        var ways = new Outgoing(outgoing.Account, ids);
        if (new EventResolver(definitions, ids).Resolve(busEvent, ways) is { } fault) Fail(outgoing, sender, fault);
        else outgoing.Take(ways);
    }

    private void Fail(Outgoing outgoing, Sender sender, Fault fault) =>
        outgoing.Fail(Begin(outgoing), sender, DeliveryError.Of(fault));

    private OutgoingPublication Begin(Outgoing outgoing)
    {
        var publication = new OutgoingPublication(ids.NewId());
        outgoing.Add(publication);
        return publication;
    }
}
