using System.Collections.Immutable;

namespace Weir.Engine;

/// <summary>What is deduplicated against what on a FIFO queue.</summary>
public enum DeduplicationScope : byte
{
    Queue,
    MessageGroup,
}

/// <summary>
/// How a FIFO queue counts its throughput quota. Stored and answered; Weir itself sets no such quota.
/// </summary>
public enum ThroughputLimit : byte
{
    PerQueue,
    PerMessageGroup,
}

/// <summary>Where a message goes that was received too often without being deleted.</summary>
/// <param name="ReceiveCountMax">1 to 1,000: the receive after this many moves the message instead.</param>
public sealed record RedrivePolicy(QueueName DeadLetterQueue, int ReceiveCountMax);

public enum RedrivePermission : byte
{
    AllowAll,
    DenyAll,
    ByQueue,
}

/// <summary>Which queues may name this one as their dead-letter queue.</summary>
/// <param name="Sources">With <see cref="RedrivePermission.ByQueue"/>: 1 to 10 queues; else empty.</param>
public sealed record RedriveAllowPolicy(RedrivePermission Permission, ImmutableArray<QueueName> Sources)
{
    public bool Allows(QueueName source) => Permission switch
    {
        RedrivePermission.AllowAll => true,
        RedrivePermission.DenyAll => false,
        _ => Sources.Contains(source),
    };

    public bool Equals(RedriveAllowPolicy? other) =>
        other is not null && Permission == other.Permission && Sources.SequenceEqual(other.Sources);

    public override int GetHashCode() => HashCode.Combine(Permission, Sources.Length);
}

/// <summary>How a queue behaves. Immutable; a change replaces it whole. Limits are those of Amazon SQS.</summary>
public sealed record QueueConfig
{
    public const int MessageBytesMaxDefault = 1_048_576;

    public static QueueConfig Standard { get; } = new();

    public static QueueConfig Fifo { get; } = new() { IsFifo = true };

    public bool IsFifo { get; init; }

    /// <summary>0 to 900 s: how long a new message stays invisible. A FIFO queue has only this delay.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>0 to 43,200 s: how long a received message stays leased, unless the receive says otherwise.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>60 s to 14 days from sending; then the message is dropped.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>0 to 20 s: how long a receive waits for a message, unless it says otherwise.</summary>
    public TimeSpan ReceiveWait { get; init; }

    /// <summary>1,024 to 1,048,576 bytes of body and attributes.</summary>
    public int MessageBytesMax { get; init; } = MessageBytesMaxDefault;

    public RedrivePolicy? Redrive { get; init; }

    public RedriveAllowPolicy? RedriveAllow { get; init; }

    /// <summary>FIFO: a message without a deduplication id has the SHA-256 of its body for one.</summary>
    public bool ContentBasedDeduplication { get; init; }

    public DeduplicationScope DeduplicationScope { get; init; }

    public ThroughputLimit ThroughputLimit { get; init; }

    public FlowConfig Flow { get; init; } = FlowConfig.None;

    /// <summary>
    /// Attributes that the engine keeps for the protocol without reading them (Policy, Kms...), by name.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Opaque { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public bool Equals(QueueConfig? other) =>
        other is not null && IsFifo == other.IsFifo && Delay == other.Delay
        && VisibilityTimeout == other.VisibilityTimeout && Retention == other.Retention
        && ReceiveWait == other.ReceiveWait && MessageBytesMax == other.MessageBytesMax
        && Equals(Redrive, other.Redrive) && Equals(RedriveAllow, other.RedriveAllow)
        && ContentBasedDeduplication == other.ContentBasedDeduplication
        && DeduplicationScope == other.DeduplicationScope && ThroughputLimit == other.ThroughputLimit
        && Flow == other.Flow
        && Opaque.SequenceEqual(other.Opaque);

    public override int GetHashCode() => HashCode.Combine(IsFifo, Delay, VisibilityTimeout, Retention, MessageBytesMax);
}
