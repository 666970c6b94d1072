using System.Collections.Immutable;
using Weir.Broker.Documents;

namespace Weir.Broker.Schedules;

/// <summary>What is kept of a group beside its schedules. Immutable; a change replaces it whole.</summary>
public sealed record ScheduleGroupConfig
{
    /// <summary>0 for a default group that nobody has tagged.</summary>
    public long CreatedUnixMs { get; init; }

    public long ModifiedUnixMs { get; init; }

    /// <summary>Of the request that made it; the same request again changes nothing.</summary>
    public string? ClientToken { get; init; }

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = TextMap.Empty;
}
