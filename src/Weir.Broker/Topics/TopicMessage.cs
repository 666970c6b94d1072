using System.Security.Cryptography;
using Weir.Broker.Messages;
using Weir.Engine.Definitions;

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

    /// <summary>The message of an id that a content becomes in a topic.</summary>
    public static TopicMessage Of(
        DefinitionCatalog definitions, TopicName topic, Guid id, DateTimeOffset now, MessageContent content,
        string? subject = null) => new()
    {
        ContentBytes = content.Bytes,
        ContentDeduplicationId = topic.HasFifoSuffix
            ? Convert.ToHexStringLower(SHA256.HashData(content.Body.Span))
            : null,
        Content = content with
        {
            Notification = new Notification(
                topic.Account, topic.Region, topic.Name, id, subject, now.ToUnixTimeMilliseconds(),
                TopicPublisher.SignatureVersionOf(definitions, topic))
            {
                Sequence = topic.HasFifoSuffix ? 0 : null,
            },
        },
    };
}
