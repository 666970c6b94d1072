using System.Text.Json.Serialization;
using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Broker.Archives;

/// <summary>
/// A replay: what of an archive goes where, and how far it has got. It changes in the same commit as the messages that
/// it publishes, so none is replayed twice and none is left out, whenever the process ends.
/// </summary>
public sealed record ReplayConfig
{
    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . - _</c>; of a topic's, the subscription's id.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The archive's queue; null only until the replay is started.</summary>
    public QueueName? Queue { get; init; }

    /// <summary>The archive, when a bus's is replayed.</summary>
    public string? Archive { get; init; }

    /// <summary>Where events go; exactly one of this and <see cref="Topic"/> is set.</summary>
    public BusName? Bus { get; init; }

    /// <summary>The ARNs of the rules that get the events; none: all of the bus.</summary>
    public IReadOnlyList<string> RuleArns { get; init; } = [];

    public TopicName? Topic { get; init; }

    /// <summary>Of the topic, who gets the messages.</summary>
    public Guid Subscription { get; init; }

    /// <summary>What was taken in at this time or later.</summary>
    public long FromUnixMs { get; init; }

    /// <summary>What was taken in at this time or before.</summary>
    public long ToUnixMs { get; init; }

    public long StartedUnixMs { get; init; }

    public long EndedUnixMs { get; init; }

    public ReplayState State { get; init; }

    /// <summary>Why it failed; null else.</summary>
    public string? Reason { get; init; }

    /// <summary>The last message of the archive that was replayed; 0 for none yet.</summary>
    public long AfterSequence { get; init; }

    /// <summary>When the last message that was replayed had been taken in; 0 for none yet.</summary>
    public long LastReplayedUnixMs { get; init; }

    [JsonIgnore]
    public bool HasEnded => State is ReplayState.Completed or ReplayState.Cancelled or ReplayState.Failed;

    /// <summary>
    /// The last moment that is replayed. What comes in after the start is not: a bus that takes in events faster than
    /// they are replayed would never let it end.
    /// </summary>
    [JsonIgnore]
    public long LastUnixMs => Math.Min(ToUnixMs, StartedUnixMs);
}
