using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Forwarding;

/// <summary>A message on its way to any number of queues, which can still be sent elsewhere.</summary>
/// <param name="messageId">As the topic or bus gives it; each queue's message has its own.</param>
internal sealed class OutgoingPublication(Guid messageId)
{
    private readonly List<PublishedContent> _contents = [];
    private readonly List<Way> _ways = [];
    private readonly List<Undelivered> _undelivered = [];

    public Guid MessageId { get; } = messageId;

    public QueueName? Sequencer { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Who orders it, or gets it first; null: nobody gets it.</summary>
    public string? Account => Sequencer?.Account ?? _ways.Select(way => way.Delivery.Queue.Account).FirstOrDefault();

    public int DeliveryCount => _ways.Count;

    /// <summary>What was known not to reach its queue when it was added.</summary>
    public IReadOnlyList<Undelivered> Undelivered => _undelivered;

    public long ContentBytes { get; private set; }

    /// <summary>Keeps a content once for all the ways that carry it.</summary>
    /// <returns>What ways name it by.</returns>
    public int Store(MessageContent content, int bytes)
    {
        _contents.Add(new PublishedContent(content.Encode(), bytes) { SequenceAt = content.SequenceAt });
        ContentBytes += bytes;
        return _contents.Count - 1;
    }

    public void Add(Sender sender, Engine.Delivery delivery) => _ways.Add(new Way(sender, delivery, false));

    /// <summary>A delivery that its queue cannot be given: it goes to the dead-letter queue, if there is one.</summary>
    public void AddUndeliverable(Sender sender, Engine.Delivery delivery, DeliveryError error)
    {
        var queue = sender.DeadLetterQueue;
        if (queue is not null) _ways.Add(new Way(sender, delivery with { Queue = queue }, true));
        _undelivered.Add(new Undelivered(sender, error, queue is not null));
    }

    /// <summary>Sends to the sender's dead-letter queue what cannot go where it should.</summary>
    /// <returns>False: there is no such queue.</returns>
    public bool AddDeadLetter(Sender sender, DeliveryError error, Guid id)
    {
        if (sender.DeadLetterQueue is not { } queue || sender.DeadLetter(error) is not { } letter) return false;
        _ways.Add(new Way(sender, DeadLetter(queue, letter, id), true));
        return true;
    }

    /// <summary>
    /// Sends to the sender's dead-letter queue, or, from there, nowhere, what would have gone this way.
    /// </summary>
    public (Sender Sender, bool IsDeadLettered) Reroute(int way, DeliveryError error, Guid id)
    {
        var (sender, delivery, isDeadLetter) = _ways[way];
        if (isDeadLetter || sender.DeadLetterQueue is not { } queue)
        {
            _ways.RemoveAt(way);
            return (sender, false);
        }

        var rerouted = sender.DeadLetter(error) is { } letter
            ? DeadLetter(queue, letter, id)
            : delivery with { Queue = queue, MessageId = id };
        _ways[way] = new Way(sender, rerouted, true);
        return (sender, true);
    }

    /// <summary>True when what cannot go this way can go to its sender's dead-letter queue.</summary>
    public bool HasDeadLetterQueue(int way) =>
        _ways[way] is { IsDeadLetter: false, Sender: { DeadLetterQueue: not null, IsHeldBack: false } };

    public Sender SenderOf(int way) => _ways[way].Sender;

    public Publication ToPublication() => new()
    {
        MessageId = MessageId,
        Contents = _contents,
        Deliveries = [.. _ways.Select(way => way.Delivery)],
        Sequencer = Sequencer,
        GroupId = GroupId,
        DeduplicationId = DeduplicationId,
    };

    private Engine.Delivery DeadLetter(QueueName queue, MessageContent letter, Guid id) =>
        new() { Queue = queue, MessageId = id, Content = Store(letter, letter.Bytes) };

    private readonly record struct Way(Sender Sender, Engine.Delivery Delivery, bool IsDeadLetter);
}
