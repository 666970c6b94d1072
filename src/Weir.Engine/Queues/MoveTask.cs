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

    public MoveTaskDescription Describe() => new(
        TaskId, Source, Destination, RatePerSecond == 0 ? null : RatePerSecond, Status, Moved, ToMove, StartedUnixMs,
        FailureReason);
}
