namespace Weir.Engine;

/// <summary>One message that goes to any number of queues.</summary>
public sealed record Publication
{
    /// <summary>The message's id, as the topic or bus gives it; each queue's message has one of its own.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>
    /// What is stored, each once however many queues it goes to: the message, and what rules made of it.
    /// </summary>
    public required IReadOnlyList<PublishedContent> Contents { get; init; }

    public required IReadOnlyList<Delivery> Deliveries { get; init; }

    /// <summary>
    /// For a FIFO topic, the FIFO queue that gives it its sequence numbers and remembers its deduplication ids. A
    /// repeated publication reaches nobody.
    /// </summary>
    public QueueName? Sequencer { get; init; }

    /// <summary>Needed with a sequencer.</summary>
    public string? GroupId { get; init; }

    /// <summary>Needed with a sequencer.</summary>
    public string? DeduplicationId { get; init; }
}

/// <param name="Stored">As it is stored. Must stay untouched until the command is answered.</param>
/// <param name="Bytes">What counts against a queue's largest message: body and attributes.</param>
public readonly record struct PublishedContent(ReadOnlyMemory<byte> Stored, int Bytes)
{
    /// <summary>Where 8 bytes of the content take the sequencer's number, which only the engine knows; null: it has no
    /// place for that.</summary>
    public int? SequenceAt { get; init; }
}

/// <summary>A publication's way to one queue.</summary>
public sealed record Delivery
{
    public required QueueName Queue { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>Which of the publication's contents.</summary>
    public int Content { get; init; }

    /// <summary>Kept with the message for whoever renders it: the subscription. Empty: nobody asks.</summary>
    public Guid Via { get; init; }

    /// <summary>True when it is kept there for nobody to receive: its place is not told.</summary>
    public bool IsArchive { get; init; }

    /// <summary>0 to 900 s before it is visible; null: the queue's delay, the only one that a FIFO queue has.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>1 s to 14 days from sending; null: the queue's.</summary>
    public TimeSpan? Ttl { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Used by a FIFO queue with content-based deduplication when there is no other.</summary>
    public string? ContentDeduplicationId { get; init; }
}

/// <summary>Messages that are deleted with the publication, so that they are passed on exactly once.</summary>
/// <param name="Receipts">Each must be the one of the message's present lease, or all is refused.</param>
public sealed record Consumption(QueueName Queue, IReadOnlyList<ReceiptHandle> Receipts)
{
    /// <summary>True when they could not be delivered to whom they were for, which whoever asks is told.</summary>
    public bool IsGivenUp { get; init; }
}

/// <summary>What became of a publication.</summary>
/// <param name="MessageId">Its id; for a duplicate, that of the one published first.</param>
/// <param name="Sequence">The sequencer's number; 0 without one.</param>
public sealed record Published(Guid MessageId, long Sequence, bool IsDuplicate)
{
    /// <summary>Where its messages are, one for each queue that took it; for a queue that had it already, the first.
    /// Of a duplicate: where the first one is, in those FIFO queues that remember it.</summary>
    public IReadOnlyList<PlacedMessage> Places { get; init; } = [];
}

/// <summary>A message in a queue.</summary>
public readonly record struct PlacedMessage(MessagePlace Place, Guid MessageId);

/// <summary>A delivery that its queue does not take.</summary>
/// <param name="Publication">Index into the command's publications.</param>
/// <param name="Delivery">Index into the publication's deliveries.</param>
public sealed record DeliveryFailure(int Publication, int Delivery, Fault Reason);

/// <summary>What became of a publish command.</summary>
/// <param name="Published">One for each publication; empty when there are failures.</param>
/// <param name="Failures">When there is any, nothing was done: the publisher decides where those messages go instead,
/// and publishes again.</param>
public sealed record PublishResult(IReadOnlyList<Published> Published, IReadOnlyList<DeliveryFailure> Failures);
