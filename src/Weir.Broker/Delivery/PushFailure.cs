using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Delivery;

/// <summary>What went wrong with a delivery.</summary>
public enum PushFailureKind
{
    /// <summary>An answer other than 2xx.</summary>
    Status,

    /// <summary>No answer within the route's timeout.</summary>
    Timeout,

    /// <summary>The name is unknown, nobody listens, or the connection broke.</summary>
    Connection,

    /// <summary>The endpoint's address is one that Weir does not call; see <see cref="PushOptions"/>.</summary>
    Refused,

    /// <summary>The message cannot be made a request.</summary>
    Unrenderable,

    /// <summary>Its time was over before it was tried.</summary>
    Expired,

    /// <summary>The endpoint failed so often that it was not called for as long as the retries would have taken.
    /// </summary>
    CircuitOpen,
}

/// <summary>Why a message is given up.</summary>
public enum GiveUpReason
{
    /// <summary>Another try would fail the same way.</summary>
    Permanent,

    RetriesUsedUp,

    TooOld,
}

/// <summary>Why a message was not delivered.</summary>
/// <param name="Status">The answer's, when there was one.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Attempts">How often the message was leased for delivery, this time included.</param>
public sealed record PushFailure(
    PushFailureKind Kind, int? Status, string Message, int Attempts, GiveUpReason GiveUp);

/// <summary>What goes to a dead-letter queue in a message's place.</summary>
public sealed record DeadLetterContent(QueueName Queue, MessageContent Content)
{
    /// <summary>Needed by a FIFO queue.</summary>
    public string? GroupId { get; init; }

    /// <summary>Needed by a FIFO queue.</summary>
    public string? DeduplicationId { get; init; }
}
