namespace Weir.Broker.DeadLetters;

/// <summary>Messages that failed for the same cause.</summary>
/// <param name="Source">The queue whose policy moved them here; null when a delivery failed that was no queue's.
/// </param>
/// <param name="Cause">What that policy moved them for, or the error code of the delivery; null when it is not known.
/// </param>
/// <param name="IsErrorCode">The cause is the error code of a delivery.</param>
public sealed record FailureGroup(string? Source, string? Cause, bool IsErrorCode)
{
    /// <summary>Of causes and errors: of longer ones the beginning is told, and groups are made by it.</summary>
    public const int TextLengthMax = 256;

    /// <summary>The messages that are named as examples: the first ones.</summary>
    public const int ExamplesMax = 3;

    public long Count { get; internal set; }

    public DateTimeOffset Oldest { get; internal set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Newest { get; internal set; } = DateTimeOffset.MinValue;

    /// <summary>What the last of the deliveries said; null when none said anything.</summary>
    public string? Error { get; internal set; }

    public IList<Guid> Examples { get; } = [];
}

/// <summary>What a queue's messages failed of.</summary>
/// <param name="Groups">Largest first.</param>
/// <param name="LookedAt">Messages that were looked at.</param>
/// <param name="IsComplete">False when there are more than were looked at, or more groups than are told.</param>
public sealed record FailureReport(IReadOnlyList<FailureGroup> Groups, long LookedAt, bool IsComplete);
