using System.Collections.Immutable;
using Weir.Broker.Buses;
using Weir.Broker.Documents;
using Weir.Broker.Endpoints;
using Weir.Broker.Targets;
using Weir.Engine;

namespace Weir.Broker.Pipes;

/// <summary>From which queue messages go where, which of them, and as what. Immutable; a change replaces it whole.
/// </summary>
public sealed record PipeConfig
{
    /// <summary>Messages that are passed on together; what the destinations take at once.</summary>
    public const int BatchSizeMax = 10;

    public const int FiltersMax = 5;

    /// <summary>As clients know it; templates can name it.</summary>
    public required string Arn { get; init; }

    public string? Description { get; init; }

    public bool IsStopped { get; init; }

    public required string SourceArn { get; init; }

    public required QueueName Source { get; init; }

    /// <summary>JSON patterns, of which one must match; none: all messages are passed on.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>1 to <see cref="BatchSizeMax"/>.</summary>
    public int BatchSize { get; init; } = BatchSizeMax;

    /// <summary>0 to 300 s: how long a batch that is not full waits for more.</summary>
    public int WindowSeconds { get; init; }

    /// <summary>Null: nothing is called on the way.</summary>
    public string? EnrichmentArn { get; init; }

    /// <summary>The API destination whose answer goes on in the event's place.</summary>
    public EndpointName? Enrichment { get; init; }

    /// <summary>What the API destination gets; null: the event as it is.</summary>
    public string? EnrichmentTemplate { get; init; }

    public HttpTargetConfig? EnrichmentHttp { get; init; }

    public required string TargetArn { get; init; }

    /// <summary>Its texts may be paths into the event that begin with <c>$.</c>.</summary>
    public required Destination Target { get; init; }

    /// <summary>What the target gets; null: the event as it is.</summary>
    public string? TargetTemplate { get; init; }

    /// <summary>Kept and answered: Weir has no roles.</summary>
    public required string RoleArn { get; init; }

    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = TextMap.Empty;

    /// <summary>What is wrong with its patterns, template or paths; null when nothing is.</summary>
    public Fault? Check() => PipeRoute.Compile(this).Fault;
}
