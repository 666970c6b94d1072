using System.Security.Cryptography;
using Weir.Broker.Archives;
using Weir.Broker.Forwarding;
using Weir.Broker.Routing.Patterns.Matching;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>
/// An event with all the ways that it takes out of its bus. Each content is kept once: the event itself, and each thing
/// that inputs made of it.
/// </summary>
internal sealed class OutgoingEvent(IdSource ids, BusEvent busEvent, Outgoing outgoing)
{
    private readonly Dictionary<byte[], int> _inputs = new(ByteKeyComparer.Instance);
    private readonly OutgoingPublication _publication = Begin(busEvent, outgoing);
    private int _eventContent = -1;

    public BusEvent Event { get; } = busEvent;

    /// <summary>Messages that it becomes, those of topics included.</summary>
    public int DeliveryCount => outgoing.DeliveryCount;

    public long ContentBytes => outgoing.Publications.Sum(publication => publication.ContentBytes);

    /// <param name="input">Null: the event as it is.</param>
    public void AddQueue(TargetRoute route, QueueName queue, byte[]? input) =>
        _publication.Add(new TargetSender(route, Event), new Engine.Delivery
        {
            Queue = queue,
            MessageId = ids.NewId(),
            Content = input is null ? EventContent() : InputContent(input),
            GroupId = route.Target.GroupId,
            ContentDeduplicationId = queue.HasFifoSuffix
                ? Convert.ToHexStringLower(SHA256.HashData(input ?? Event.Json.Span))
                : null,
        });

    /// <summary>Keeps the event as it is, under its own id, in an archive's queue.</summary>
    public void AddArchive(QueueName archive) => _publication.Add(new ArchiveSender(archive), new Engine.Delivery
    {
        Queue = archive, MessageId = Event.Id, Content = EventContent(), IsArchive = true,
    });

    public void AddTopic(OutgoingPublication publication) => outgoing.Add(publication);

    /// <summary>Sends the event to the target's dead-letter queue, or, without one, nowhere.</summary>
    public void Fail(TargetRoute route, DeliveryError error) =>
        outgoing.Fail(_publication, new TargetSender(route, Event), error);

    private static OutgoingPublication Begin(BusEvent busEvent, Outgoing outgoing)
    {
        var publication = new OutgoingPublication(busEvent.Id);
        outgoing.Add(publication);
        return publication;
    }

    private int EventContent()
    {
        if (_eventContent < 0) _eventContent = _publication.Store(Event.ToContent(Event.Json), Event.Json.Length);
        return _eventContent;
    }

    private int InputContent(byte[] input)
    {
        if (_inputs.TryGetValue(input, out var known)) return known;
        return _inputs[input] = _publication.Store(Event.ToContent(input), input.Length);
    }
}
