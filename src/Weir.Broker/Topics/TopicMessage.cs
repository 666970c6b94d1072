using Weir.Broker.Messages;

namespace Weir.Broker.Topics;

/// <summary>A message that is published to a topic.</summary>
public sealed record TopicMessage
{
    /// <summary>With a notification that tells the topic and the message's id.</summary>
    public required MessageContent Content { get; init; }

    /// <summary>Body and attributes, as they count against limits.</summary>
    public required int ContentBytes { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }

    /// <summary>The SHA-256 of the body, for a FIFO topic or queue with content-based deduplication.</summary>
    public string? ContentDeduplicationId { get; init; }
}
