using Weir.Broker.Forwarding;

namespace Weir.Broker.Pipes;

/// <summary>A pipe's message that cannot be delivered stays in its queue, whose own policy says how often it is tried.
/// </summary>
internal sealed class PipeSender(PipeName pipe) : Sender
{
    public override bool IsHeldBack => true;

    public override string ToString() => $"Pipe {pipe}";
}
