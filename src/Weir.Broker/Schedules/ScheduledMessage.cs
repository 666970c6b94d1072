using Weir.Broker.Targets;

namespace Weir.Broker.Schedules;

/// <summary>One message that a schedule sends each time; its texts may name attributes of the moment.</summary>
public sealed record ScheduledMessage
{
    public required Destination Destination { get; init; }

    /// <summary>Null: an event that tells of the schedule.</summary>
    public string? Body { get; init; }
}
