using Weir.Broker.Messages;
using Weir.Engine;

namespace Weir.Broker.Forwarding;

/// <summary>
/// Who has something delivered: a subscription, a rule's target, a schedule, a pipe. It says what becomes of that when
/// it cannot be.
/// </summary>
internal abstract class Sender
{
    /// <summary>Where goes what could not be delivered; null: nowhere, and the log tells it.</summary>
    public virtual QueueName? DeadLetterQueue => null;

    /// <summary>
    /// True: what cannot be delivered is not sent at all, nor is anything that belongs to it, and the caller decides.
    /// </summary>
    public virtual bool IsHeldBack => false;

    /// <summary>What the dead-letter queue gets; null: what the queue itself would have got.</summary>
    public virtual MessageContent? DeadLetter(DeliveryError error) => null;

    /// <summary>What is to be delivered where, for the log.</summary>
    public abstract override string ToString();
}
