using Weir.Engine;

namespace Weir.Broker.Schedules;

/// <summary>A target as its schedule's owner gave it, kept to be answered.</summary>
public sealed record ScheduleTarget
{
    public required string Arn { get; init; }

    /// <summary>Kept and answered: Weir has no roles.</summary>
    public required string RoleArn { get; init; }

    public string? Input { get; init; }

    public string? GroupId { get; init; }

    public string? Source { get; init; }

    public string? DetailType { get; init; }

    public QueueName? DeadLetterQueue { get; init; }

    /// <summary>60 to 86,400; null: 86,400.</summary>
    public int? EventAgeSeconds { get; init; }

    /// <summary>
    /// 0 to 185, kept and answered: what a target on the same server refuses it would refuse again, and what the server
    /// itself cannot do now it tries until the event is too old.
    /// </summary>
    public int? RetriesMax { get; init; }
}
