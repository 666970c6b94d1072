using Weir.Broker.Forwarding;
using Weir.Engine;

namespace Weir.Broker.Requests;

/// <summary>A caller who sends to a queue: what the queue does not take is the caller's to deal with.</summary>
internal sealed class QueueSender(QueueName queue) : Sender
{
    public override bool IsHeldBack => true;

    public override string ToString() => $"A request to queue {queue}";
}
