namespace Weir.Engine;

/// <summary>What a queue does with a message that would take it over its limits. A number is for ever: it is on disk.
/// </summary>
public enum OverflowPolicy : byte
{
    /// <summary>The send is refused: back-pressure.</summary>
    Reject,

    /// <summary>The message is taken, and the oldest waiting ones are dropped.</summary>
    DropOldest,

    /// <summary>The message is taken, and the oldest waiting ones go to the dead-letter queue.</summary>
    DeadLetterOldest,
}

/// <summary>What becomes of a message whose time to live is over. A number is for ever: it is on disk.</summary>
public enum ExpiryPolicy : byte
{
    Drop,
    DeadLetter,
}

/// <summary>How much a queue takes, how long, and how fast it gives it. Immutable; null: no limit.</summary>
public sealed record FlowConfig
{
    public static FlowConfig None { get; } = new();

    /// <summary>Messages in the queue, those in flight and delayed included; 1 or more.</summary>
    public long? MessagesMax { get; init; }

    /// <summary>Bytes of their contents as they are stored; 1,024 or more.</summary>
    public long? BytesMax { get; init; }

    public OverflowPolicy Overflow { get; init; }

    /// <summary>1 s to 14 days from sending, for messages that have no time to live of their own.</summary>
    public TimeSpan? MessageTtl { get; init; }

    public ExpiryPolicy Expired { get; init; }

    /// <summary>Messages received per second; a tenth of a second's worth, at least one, may come at once.</summary>
    public int? DeliveryRate { get; init; }

    /// <summary>Messages in flight at once.</summary>
    public int? DeliveryConcurrency { get; init; }

    /// <summary>Receives find nothing, while sends go on.</summary>
    public bool IsDeliveryPaused { get; init; }

    public bool HasLimit => MessagesMax is not null || BytesMax is not null;

    /// <summary>True when it needs a dead-letter queue.</summary>
    public bool DeadLetters => Overflow == OverflowPolicy.DeadLetterOldest || Expired == ExpiryPolicy.DeadLetter;
}

/// <summary>The parts of a <see cref="FlowConfig"/> to set; null leaves a part as it is, 0 takes a limit away.
/// </summary>
public sealed record FlowPatch
{
    public long? MessagesMax { get; init; }

    public long? BytesMax { get; init; }

    public OverflowPolicy? Overflow { get; init; }

    public TimeSpan? MessageTtl { get; init; }

    public ExpiryPolicy? Expired { get; init; }

    public int? DeliveryRate { get; init; }

    public int? DeliveryConcurrency { get; init; }

    public bool? IsDeliveryPaused { get; init; }

    public FlowConfig ApplyTo(FlowConfig config) => new()
    {
        MessagesMax = Limit(MessagesMax, config.MessagesMax),
        BytesMax = Limit(BytesMax, config.BytesMax),
        Overflow = Overflow ?? config.Overflow,
        MessageTtl = MessageTtl is { } ttl ? (ttl == TimeSpan.Zero ? null : ttl) : config.MessageTtl,
        Expired = Expired ?? config.Expired,
        DeliveryRate = (int?)Limit(DeliveryRate, config.DeliveryRate),
        DeliveryConcurrency = (int?)Limit(DeliveryConcurrency, config.DeliveryConcurrency),
        IsDeliveryPaused = IsDeliveryPaused ?? config.IsDeliveryPaused,
    };

    private static long? Limit(long? given, long? before) => given is { } value ? (value == 0 ? null : value) : before;
}
