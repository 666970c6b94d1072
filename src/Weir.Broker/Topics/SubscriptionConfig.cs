using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Weir.Broker.Documents;
using Weir.Engine;

namespace Weir.Broker.Topics;

/// <summary>Who gets a topic's messages, which of them, and in which form.</summary>
public sealed record SubscriptionConfig
{
    /// <summary>Attributes that a message in a queue has at most, unless an envelope holds them.</summary>
    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
    public const int RawAttributesMax = 10;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Guid Id { get; init; }

    /// <summary>The account that subscribed.</summary>
    public required string Owner { get; init; }

    /// <summary>The queue that gets the messages.</summary>
    public required QueueName Queue { get; init; }

    /// <summary>
    /// Null for a queue's subscription; else the URL that messages are pushed to, from the queue above, which is the
    /// subscription's own.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>What confirms the subscription; null when it is confirmed. Until then nothing is delivered.</summary>
    public string? Token { get; init; }

    /// <summary>Ending it needs a signature; the link in a message does not do.</summary>
    public bool EndsSignedOnly { get; init; }

    /// <summary>JSON of the protocol: how a push is tried again. Null: the protocol's default.</summary>
    public string? DeliveryPolicy { get; init; }

    /// <summary>Messages arrive as they were published; else in the envelope of the protocol.</summary>
    public bool IsRaw { get; init; }

    /// <summary>JSON; null: all messages.</summary>
    public string? FilterPolicy { get; init; }

    /// <summary>The filter reads the message's body; else its attributes.</summary>
    public bool FiltersBody { get; init; }

    /// <summary>Where messages go that could not be delivered.</summary>
    public QueueName? DeadLetterQueue { get; init; }

    /// <summary>What of the topic's archive it gets again; null: nothing, or no more.</summary>
    public ReplayWindow? Replay { get; init; }

    /// <summary>What the broker keeps for the protocol without reading it, by name.</summary>
    public ImmutableSortedDictionary<string, string> Opaque { get; init; } = TextMap.Empty;

    /// <summary>What messages carry that came this way in an envelope; empty when they came raw.</summary>
    [JsonIgnore]
    internal Guid Via => IsRaw && Endpoint is null ? Guid.Empty : Id;

    [JsonIgnore]
    public bool IsPending => Token is not null;

    /// <summary>The queue that a pushing subscription of the topic has for its own.</summary>
    public static QueueName PushQueue(TopicName topic, Guid id) => new(
        topic.Account, topic.Region,
        $"{QueueName.InternalPrefix}push-{id}{(topic.HasFifoSuffix ? QueueName.FifoSuffix : "")}");
}

/// <summary>What was published in a time, both its ends included.</summary>
/// <param name="Policy">JSON of the protocol, which says the same.</param>
/// <param name="ToUnixMs">Null: up to the moment when the replay starts.</param>
public sealed record ReplayWindow(string Policy, long FromUnixMs, long? ToUnixMs);
