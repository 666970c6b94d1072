using Weir.Broker.Buses;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Archives;

/// <summary>Which events of a bus are kept, and for how long. Immutable; a change replaces it whole.</summary>
public sealed record ArchiveConfig
{
    /// <summary>About a hundred years; Amazon EventBridge names no limit.</summary>
    public const int RetentionDaysMax = ArchiveQueue.RetentionDaysMax;

    /// <summary>1 to 48 of <c>A-Z a-z 0-9 . - _</c>.</summary>
    public required string Name { get; init; }

    public required BusName Bus { get; init; }

    /// <summary>The queue that holds the events. Nobody receives from it, and it has no other use.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>JSON; null: all events.</summary>
    public string? Pattern { get; init; }

    public string? Description { get; init; }

    /// <summary>0: for ever, which here is a hundred years.</summary>
    public int RetentionDays { get; init; }

    public long CreatedUnixMs { get; init; }

    internal InternalQueue Storage => ArchiveQueue.Describe(Queue, RetentionDays);
}
