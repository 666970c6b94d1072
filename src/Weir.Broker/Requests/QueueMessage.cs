using Weir.Broker.Messages;

namespace Weir.Broker.Requests;

/// <summary>A message that a request sends to a queue.</summary>
public sealed record QueueMessage
{
    public required Guid Id { get; init; }

    public required MessageContent Content { get; init; }

    /// <summary>Null: the queue's delay.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>1 s to 14 days; null: the queue's.</summary>
    public TimeSpan? Ttl { get; init; }

    public string? GroupId { get; init; }

    public string? DeduplicationId { get; init; }
}
