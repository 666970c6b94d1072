namespace Weir.Engine.Queues;

/// <summary>A move of messages out of a dead-letter queue, under way or ended.</summary>
internal sealed class MoveTask
{
    /// <summary>Amazon SQS moves at most this many messages a second, and so does Weir.</summary>
    public const int RatePerSecondMax = 500;

    /// <summary>Amazon SQS lists at most this many, and so no more ended ones are kept for a queue.</summary>
    public const int KeptPerQueueMax = 10;

    public required Guid TaskId { get; init; }

    public required long SourceId { get; init; }

    public required QueueName Source { get; init; }

    public QueueName? Destination { get; init; }

    /// <summary>Zero when none was asked for.</summary>
    public int RatePerSecond { get; init; }

    public long ToMove { get; init; }

    public long StartedUnixMs { get; init; }

    public long Moved { get; set; }

    public MoveTaskStatus Status { get; set; }

    public string? FailureReason { get; set; }

    /// <summary>Which messages it moves: for the broker to understand. Null: all.</summary>
    public string? Filter { get; set; }

    /// <summary>With a filter: the last message that it looks at.</summary>
    public long LastSequence { get; set; }

    /// <summary>What it looks at next in a FIFO queue. Like <see cref="LookedAt"/> no part of the durable state: after
    /// a restart it begins anew.</summary>
    public Queue<long>? Ahead { get; set; }

    /// <summary>The last message that it looked at in a FIFO queue.</summary>
    public long LookedAt { get; set; }

    public MoveTaskDescription Describe() => new(
        TaskId, Source, Destination, RatePerSecond == 0 ? null : RatePerSecond, Status, Moved, ToMove, StartedUnixMs,
        FailureReason)
    {
        Filter = Filter,
    };
}
