namespace Weir.Broker.Delivery;

public enum CircuitPhase
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>None does, for a while.</summary>
    Open,

    /// <summary>One does, to see.</summary>
    HalfOpen,
}

/// <summary>Keeps from calling a destination that fails. Owned by the gate, under its lock.</summary>
//
//             so many failures in a row               its time is over
//   Closed ---------------------------------> Open ----------------------> HalfOpen
//     ^                                        ^                               |
//     |                                        +--- the probe failed: longer --+
//     +------------------- any success ---------------------------------------+
internal sealed class CircuitState(PushOptions options)
{
    private int _failures;
    private TimeSpan _break = options.CircuitBreakMin;

    public CircuitPhase Phase { get; private set; }

    /// <summary>Since the gate's start; of meaning while open.</summary>
    public TimeSpan OpenUntil { get; private set; }

    /// <summary>True when a call may go through now; then it is a probe unless the circuit is closed.</summary>
    public bool TryPass(TimeSpan now)
    {
        if (Phase == CircuitPhase.Closed) return true;
        if (Phase == CircuitPhase.HalfOpen || now < OpenUntil) return false;
        Phase = CircuitPhase.HalfOpen;
        return true;
    }

    public void Succeeded()
    {
        Phase = CircuitPhase.Closed;
        _failures = 0;
        _break = options.CircuitBreakMin;
    }

    /// <summary>A call failed; what was under way before the circuit opened says nothing new.</summary>
    public void Failed(bool isProbe, TimeSpan now)
    {
        if (isProbe) _break = Min(_break * 2, options.CircuitBreakMax);
        else if (Phase != CircuitPhase.Closed || ++_failures < options.CircuitFailures) return;
        Phase = CircuitPhase.Open;
        OpenUntil = now + _break;
        _failures = 0;
    }

    /// <summary>A probe was called off before it told anything: the next may go.</summary>
    public void CalledOff(TimeSpan now)
    {
        Phase = CircuitPhase.Open;
        OpenUntil = now;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
