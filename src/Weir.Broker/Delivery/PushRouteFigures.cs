namespace Weir.Broker.Delivery;

/// <summary>What a route did since it was first set, at one moment.</summary>
/// <param name="Attempts">Calls that took place, or failed to.</param>
/// <param name="Failed">Those of them that did not deliver.</param>
/// <param name="Dropped">Messages given up that no dead-letter queue took; each was logged.</param>
/// <param name="UnderWay">Messages leased and not settled: in a call, or waiting for one.</param>
public sealed record PushRouteFigures(
    long Attempts,
    long Delivered,
    long Failed,
    long DeadLettered,
    long Dropped,
    int UnderWay,
    CircuitPhase Circuit,
    string? LastError,
    DateTimeOffset? LastErrorAt);
