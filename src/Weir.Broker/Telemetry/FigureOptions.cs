namespace Weir.Broker.Telemetry;

/// <summary>How many are told apart in figures.</summary>
public sealed record FigureOptions
{
    /// <summary>Queues with figures of their own; the rest are summed up.</summary>
    public int QueuesMax { get; init; } = 1_000;

    /// <summary>Tenants with figures of their own; the rest are summed up.</summary>
    public int TenantsMax { get; init; } = 1_000;
}
