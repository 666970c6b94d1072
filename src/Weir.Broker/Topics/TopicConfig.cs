using System.Collections.Immutable;
using Weir.Broker.Documents;
using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>How a topic behaves. Immutable; a change replaces it whole. Limits are those of Amazon SNS.</summary>
public sealed record TopicConfig
{
    public const int MessageBytesMaxDefault = 262_144;

    /// <summary>Kept in the order of groups, and deduplicated. Cannot change.</summary>
    public bool IsFifo { get; init; }

    /// <summary>FIFO: a message without a deduplication id has the SHA-256 of its body for one.</summary>
    public bool ContentBasedDeduplication { get; init; }

    /// <summary>FIFO: deduplication ids are those of a group, not of the topic.</summary>
    public bool DeduplicatesByGroup { get; init; }

    /// <summary>1,024 to 1,048,576 bytes of body and attributes.</summary>
    public int MessageBytesMax { get; init; } = MessageBytesMaxDefault;

    /// <summary>1 (SHA-1) or 2 (SHA-256): how envelopes are signed.</summary>
    public int SignatureVersion { get; init; } = 1;

    public long CreatedUnixMs { get; init; }

    /// <summary>FIFO: 1 to 365 days that messages are kept to be replayed; 0: they are not.</summary>
    public int ArchiveDays { get; init; }

    /// <summary>The queue that holds them; the directory makes it when the days are set.</summary>
    public QueueName? Archive { get; init; }

    /// <summary>Since when messages are kept.</summary>
    public long ArchivedSinceUnixMs { get; init; }

    /// <summary>What the broker keeps for the protocol without reading it (display name, policy, ...), by name.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Opaque { get; init; } = TextMap.Empty;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = TextMap.Empty;
}
