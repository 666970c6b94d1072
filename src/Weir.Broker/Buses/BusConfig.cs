using System.Collections.Immutable;
using Weir.Broker.Documents;
using Weir.Engine;

namespace Weir.Broker.Buses;

/// <summary>What is kept of an event bus beside its rules. Immutable; a change replaces it whole.</summary>
public sealed record BusConfig
{
    public string? Description { get; init; }

    /// <summary>
    /// For events that an encryption key of the customer's would keep from being processed. Weir has no such keys, so
    /// nothing goes there; it is kept and answered.
    /// </summary>
    public QueueName? DeadLetterQueue { get; init; }

    /// <summary>The JSON of who may do what, which the broker keeps for the protocol without reading it.</summary>
    public string? Policy { get; init; }

    /// <summary>0 for a default bus that nobody has configured.</summary>
    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = TextMap.Empty;
}
