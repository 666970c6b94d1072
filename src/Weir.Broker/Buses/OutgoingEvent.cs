using System.Security.Cryptography;
using Weir.Broker.Messages;
using Weir.Broker.Routing.Patterns.Matching;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>
/// An event with all the ways that it takes out of its bus, which can still be changed. Each content is kept once: the
/// event itself, and each thing that inputs made of it.
/// </summary>
internal sealed class OutgoingEvent(IdSource ids, BusEvent busEvent)
{
    private readonly List<PublishedContent> _contents = [];
    private readonly Dictionary<byte[], int> _inputs = new(ByteKeyComparer.Instance);
    private readonly List<Way> _ways = [];
    private readonly List<TopicWay> _topics = [];
    private readonly List<Undelivered> _undelivered = [];
    private int _eventContent = -1;

    public BusEvent Event { get; } = busEvent;

    /// <summary>Messages that it becomes, those of topics included.</summary>
    public int DeliveryCount { get; private set; }

    public long ContentBytes { get; private set; }

    /// <summary>What did not reach its target, to be told once it is certain.</summary>
    public IReadOnlyList<Undelivered> Undelivered => _undelivered;

    /// <summary>The event's own publication, and after it one for each topic.</summary>
    public int PublicationCount => 1 + _topics.Count;

    /// <param name="input">Null: the event as it is.</param>
    public void AddQueue(TargetRoute route, QueueName queue, byte[]? input)
    {
        var content = input is null ? EventContent() : InputContent(input);
        var digest = queue.HasFifoSuffix
            ? Convert.ToHexStringLower(SHA256.HashData(input ?? Event.Json.Span))
            : null;
        Add(new Way(route, queue, content, ids.NewId(), digest));
    }

    /// <summary>Keeps the event as it is, under its own id, in an archive's queue.</summary>
    public void AddArchive(QueueName archive) => Add(new Way(null, archive, EventContent(), Event.Id, null));

    public void AddTopic(TargetRoute route, TopicName topic, TopicRoutes routes, TopicMessage message)
    {
        var publication = new OutgoingPublication(ids, topic, routes, message);
        _topics.Add(new TopicWay(route, topic, publication));
        DeliveryCount += publication.ToPublication().Deliveries.Count;
        ContentBytes += message.ContentBytes;
    }

    /// <summary>Sends the event to the target's dead-letter queue, or, without one, nowhere.</summary>
    public void Fail(TargetRoute route, DeliveryError error)
    {
        var isDeadLettered = route.Target.DeadLetterQueue is not null;
        if (isDeadLettered) Add(DeadLetter(route, error));
        _undelivered.Add(new Undelivered(route, error, isDeadLettered, null));
    }

    /// <summary>Sends elsewhere, or nowhere, what its queue does not take.</summary>
    /// <param name="publication">0: the event's own; else that of a topic.</param>
    public void Reroute(int publication, int delivery, Fault reason)
    {
        var error = DeliveryError.Of(reason);
        if (publication > 0)
        {
            var topic = _topics[publication - 1];
            if (topic.Publication.Reroute(delivery) is var (subscription, isKept))
                _undelivered.Add(new Undelivered(topic.Route, error, isKept, subscription));
            return;
        }

        var way = _ways[delivery];
        if (way.Route is null)
        {
            // The archive was deleted meanwhile, and everything in it.
            _ways.RemoveAt(delivery);
            return;
        }

        var isDeadLettered = way.Route.Target.DeadLetterQueue is not null && !way.IsDeadLetter;
        if (isDeadLettered) _ways[delivery] = DeadLetter(way.Route, error);
        else _ways.RemoveAt(delivery);
        _undelivered.Add(new Undelivered(way.Route, error, isDeadLettered, null));
    }

    public IEnumerable<Publication> ToPublications() =>
        _topics.Select(topic => topic.Publication.ToPublication()).Prepend(new Publication
        {
            MessageId = Event.Id,
            Contents = _contents,
            Deliveries = [.. _ways.Select(way => way.ToDelivery())],
        });

    private void Add(Way way)
    {
        _ways.Add(way);
        DeliveryCount++;
    }

    private Way DeadLetter(TargetRoute route, DeliveryError error)
    {
        var attributes = error.Describe(route);
        var bytes = Event.Json.Length;
        foreach (var attribute in attributes)
            bytes += attribute.Name.Length + attribute.DataType.Length + attribute.Value.Length;
        var content = Store(Content(Event.Json, attributes), bytes);
        return new Way(route, route.Target.DeadLetterQueue!, content, ids.NewId(), null) { IsDeadLetter = true };
    }

    private int EventContent()
    {
        if (_eventContent < 0) _eventContent = Store(Content(Event.Json, []), Event.Json.Length);
        return _eventContent;
    }

    private int InputContent(byte[] input)
    {
        if (_inputs.TryGetValue(input, out var known)) return known;
        return _inputs[input] = Store(Content(input, []), input.Length);
    }

    private int Store(MessageContent content, int bytes)
    {
        _contents.Add(new PublishedContent(content.Encode(), bytes));
        ContentBytes += bytes;
        return _contents.Count - 1;
    }

    private MessageContent Content(ReadOnlyMemory<byte> body, IReadOnlyList<MessageAttribute> attributes) => new()
    {
        Body = body,
        Attributes = attributes,
        SenderId = Event.SenderId,
        TraceHeader = Event.TraceHeader,
    };

    private sealed record Way(TargetRoute? Route, QueueName Queue, int Content, Guid MessageId, string? Digest)
    {
        public bool IsDeadLetter { get; init; }

        public Engine.Delivery ToDelivery() => new()
        {
            Queue = Queue,
            MessageId = MessageId,
            Content = Content,
            GroupId = IsDeadLetter ? null : Route?.Target.GroupId,
            ContentDeduplicationId = Digest,
        };
    }

    private readonly record struct TopicWay(TargetRoute Route, TopicName Topic, OutgoingPublication Publication);
}

/// <summary>An event, or its message in a topic, that did not reach a target.</summary>
/// <param name="Subscription">The topic's; null when the target itself was not reached.</param>
internal sealed record Undelivered(TargetRoute Route, DeliveryError Error, bool IsDeadLettered, Guid? Subscription);
