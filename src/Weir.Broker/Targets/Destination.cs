using System.Text.Json.Serialization;
using Weir.Broker.Buses;
using Weir.Broker.Topics;
using Weir.Engine;

namespace Weir.Broker.Targets;

/// <summary>Where a schedule or a pipe sends: exactly one of queue, topic and bus is set.</summary>
public sealed record Destination
{
    public QueueName? Queue { get; init; }

    public TopicName? Topic { get; init; }

    public BusName? Bus { get; init; }

    /// <summary>The group that messages to a FIFO queue or topic, or to a fair queue, belong to.</summary>
    public string? GroupId { get; init; }

    /// <summary>For a FIFO queue or topic; null: the digest of the content.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>For a topic.</summary>
    public string? Subject { get; init; }

    /// <summary>Of the event that a bus gets.</summary>
    public string? Source { get; init; }

    /// <summary>Of the event that a bus gets.</summary>
    public string? DetailType { get; init; }

    /// <summary>Of the event that a bus gets, at most ten.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    [JsonIgnore]
    internal string Name => Queue is { } queue ? $"queue {queue}"
        : Topic is { } topic ? $"topic {topic}"
        : $"event bus {Bus}";
}
