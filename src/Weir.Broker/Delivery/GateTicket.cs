namespace Weir.Broker.Delivery;

/// <summary>What a call told about its destination.</summary>
internal enum CallVerdict
{
    /// <summary>It is there and well, whatever it answered.</summary>
    Answered,

    /// <summary>It is there, and asks for less.</summary>
    Throttled,

    /// <summary>It is not there, or not well.</summary>
    Failed,

    /// <summary>Nothing: the call did not take place.</summary>
    CalledOff,
}

/// <summary>One call's place in the line before a destination, and then its right to be under way.</summary>
internal sealed class GateTicket(DestinationState destination, int concurrencyMax, double? ratePerSecond)
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DestinationState Destination => destination;

    public int ConcurrencyMax => concurrencyMax;

    public double? RatePerSecond => ratePerSecond;

    /// <summary>True when a circuit that was open lets this call through to see.</summary>
    public bool IsProbe { get; set; }

    /// <summary>Its place while it waits; the gate's, under its lock.</summary>
    public LinkedListNode<GateTicket>? Place { get; set; }

    public Task Entered => _entered.Task;

    public void Enter() => _entered.SetResult();
}
