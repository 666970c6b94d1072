namespace Weir.Engine;

/// <summary>Where a message was put: it names the message for ever, since neither number is used again.</summary>
public readonly record struct MessagePlace(long QueueId, long Sequence);

/// <summary>How a message stands.</summary>
public enum MessagePhase : byte
{
    /// <summary>It waits, and nobody has received it from this queue.</summary>
    Waiting,

    /// <summary>Somebody has it, or had it and it waits to be received again.</summary>
    Received,

    /// <summary>Its consumer deleted it.</summary>
    Deleted,

    DeadLettered,

    /// <summary>A move task took it out of the dead-letter queue.</summary>
    Moved,

    Expired,

    Purged,

    /// <summary>Whoever delivered it for its consumer tried as often as it was told to.</summary>
    GivenUp,

    /// <summary>It was dropped to make room in its queue.</summary>
    Overflowed,

    /// <summary>It left the queue so long ago that the engine does not remember how.</summary>
    Ended,

    /// <summary>Its queue was deleted, with it or after it.</summary>
    QueueDeleted,
}

/// <summary>What became of a message so far.</summary>
/// <param name="Queue">Null when that was deleted.</param>
/// <param name="ReceiveCount">How often it was received; 0 when it is not in the queue any more.</param>
/// <param name="MovedTo">Where it went, dead-lettered or moved.</param>
/// <param name="MovedToQueue">Null when it went nowhere, or the queue was deleted since.</param>
public sealed record MessageStanding(
    QueueName? Queue, MessagePhase Phase, int ReceiveCount, MessagePlace? MovedTo, QueueName? MovedToQueue);
