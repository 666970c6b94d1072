namespace Weir.Broker.Schedules;

/// <summary>When a schedule sends what where. Immutable; a change replaces it whole.</summary>
public sealed record ScheduleConfig
{
    /// <summary>How long after its time a schedule still fires, unless it says otherwise.</summary>
    public const int EventAgeSecondsMax = 86_400;

    /// <summary>What clients know the schedule by; dead letters carry it.</summary>
    public required string Arn { get; init; }

    public required string Expression { get; init; }

    /// <summary>Of IANA; null: UTC.</summary>
    public string? Timezone { get; init; }

    /// <summary>Nothing is due before; null: from the start. A schedule that is due once heeds neither.</summary>
    public long? StartUnixMs { get; init; }

    /// <summary>Nothing is due after; null: for ever.</summary>
    public long? EndUnixMs { get; init; }

    /// <summary>It fires at a moment within so many minutes after it is due; 0: when it is due.</summary>
    public int WindowMinutes { get; init; }

    public bool IsDisabled { get; init; }

    /// <summary>It goes away with its last firing.</summary>
    public bool IsDeletedAfterCompletion { get; init; }

    public string? Description { get; init; }

    /// <summary>The target as it was given.</summary>
    public required ScheduleTarget Target { get; init; }

    /// <summary>What is sent each time, together; at least one.</summary>
    public required IReadOnlyList<ScheduledMessage> Messages { get; init; }

    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    /// <summary>Where a rate without a start began to count.</summary>
    public long AnchorUnixMs { get; init; }

    /// <summary>Of the request that made it; the same request again changes nothing.</summary>
    public string? ClientToken { get; init; }

    internal TimeSpan EventAgeMax => TimeSpan.FromSeconds(Target.EventAgeSeconds ?? EventAgeSecondsMax);

    /// <summary>Whether both are due at the same times.</summary>
    internal bool IsDueLike(ScheduleConfig other) =>
        (Expression, Timezone, StartUnixMs, EndUnixMs, WindowMinutes, IsDisabled)
        == (other.Expression, other.Timezone, other.StartUnixMs, other.EndUnixMs, other.WindowMinutes,
            other.IsDisabled);
}
