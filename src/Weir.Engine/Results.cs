using System.Collections.Immutable;

namespace Weir.Engine;

/// <summary>What became of one message that was sent.</summary>
/// <param name="MessageId">The message's id; for a duplicate, that of the message sent first.</param>
/// <param name="Sequence">Rises within the queue. FIFO shows it as SequenceNumber.</param>
public readonly record struct SentMessage(Guid MessageId, long Sequence);

/// <summary>A message as leased to a receiver. Times are Unix milliseconds.</summary>
public sealed record LeasedMessage
{
    public required Guid MessageId { get; init; }

    public required ReceiptHandle Receipt { get; init; }

    public required PayloadRef Payload { get; init; }

    public required long Sequence { get; init; }

    public required long SentUnixMs { get; init; }

    public required long FirstReceivedUnixMs { get; init; }

    /// <summary>This receive included.</summary>
    public required int ReceiveCount { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>Who of those that a publication reached brought it here; empty for what was sent.</summary>
    public Guid Via { get; init; }

    /// <summary>The queue whose redrive policy moved the message here, if one did.</summary>
    public QueueName? DeadLetterSource { get; init; }
}

/// <summary>Exact numbers at the time of the answer.</summary>
/// <param name="Visible">Ready to be received.</param>
/// <param name="InFlight">Leased.</param>
/// <param name="Delayed">Sent, not yet visible for the first time.</param>
public readonly record struct QueueCounters(long Visible, long InFlight, long Delayed);

/// <summary>A queue as it stands. Times are Unix milliseconds.</summary>
public sealed record QueueDescription(
    QueueName Name,
    QueueConfig Config,
    ImmutableSortedDictionary<string, string> Tags,
    QueueCounters Counters,
    long CreatedUnixMs,
    long ModifiedUnixMs,
    long Revision)
{
    /// <summary>How its own limits stand.</summary>
    public required FlowStatus Flow { get; init; }
}

/// <summary>One page of queues in name order.</summary>
/// <param name="Next">Start the next page after this name; null on the last page.</param>
public sealed record QueuePage(ImmutableArray<QueueName> Queues, string? Next);

/// <summary>Why a queue's own policies made a message a dead letter. The numbers are on disk.</summary>
public enum DeadLetterCause : byte
{
    /// <summary>It is none, or was one before causes were kept.</summary>
    None = 0,
    ReceivedTooOften = 1,

    /// <summary>Its time to live was over.</summary>
    Expired = 2,

    /// <summary>It made room for newer ones in a full queue.</summary>
    Overflowed = 3,
}

public enum MoveTaskStatus : byte
{
    Running,
    Completed,
    Cancelled,
    Failed,
}

/// <summary>A move of messages out of a dead-letter queue.</summary>
/// <param name="Destination">Null: each message goes back to the queue that it came from.</param>
/// <param name="RatePerSecond">1 to 500; null: as fast as Weir moves, 500.</param>
public sealed record MoveTaskDescription(
    Guid TaskId,
    QueueName Source,
    QueueName? Destination,
    int? RatePerSecond,
    MoveTaskStatus Status,
    long Moved,
    long ToMove,
    long StartedUnixMs,
    string? FailureReason)
{
    /// <summary>Of one that names no rate, too.</summary>
    public const int RatePerSecondMax = Queues.MoveTask.RatePerSecondMax;

    /// <summary>Which messages it moves, as whoever started it said; null: all.</summary>
    public string? Filter { get; init; }
}
