namespace Weir.Broker.Delivery;

/// <summary>
/// What all routes to one destination share. Owned by the gate, under its lock; times are since the gate's start.
/// </summary>
internal sealed class DestinationState(TenantCalls tenant, string key, PushOptions options)
{
    /// <summary>
    /// Calls may bunch by so much of a second: a timer cannot tell finer than milliseconds, and a rate must hold.
    /// </summary>
    private static readonly TimeSpan Bunching = TimeSpan.FromMilliseconds(50);

    private const double PaceMin = 1.0 / 64;
    private const double PaceStep = 0.02;

    public TenantCalls Tenant => tenant;

    public string Key => key;

    public CircuitState Circuit { get; } = new(options);

    public LinkedList<GateTicket> Line { get; } = new();

    public ITimer? Timer { get; set; }

    /// <summary>How many routes lead here.</summary>
    public int Routes { get; set; }

    /// <summary>Calls under way.</summary>
    public int InUse { get; set; }

    /// <summary>The share of concurrency and rate that the destination bears: halved when it says that it is too much,
    /// and raised a little by each success.</summary>
    public double Pace { get; private set; } = 1;

    public TimeSpan PausedUntil { get; private set; }

    private TimeSpan NextAt { get; set; }

    /// <summary>True when a call may start now, which then has started.</summary>
    /// <param name="next">When to ask again; null: when a call ends.</param>
    public bool TryStart(GateTicket ticket, TimeSpan now, out TimeSpan? next)
    {
        next = null;
        if (InUse >= Math.Max(1, (int)(ticket.ConcurrencyMax * Pace))) return false;
        if (now < PausedUntil)
        {
            next = PausedUntil;
            return false;
        }

        if (ticket.RatePerSecond is { } rate && now < NextAt - BunchingAt(rate))
        {
            next = NextAt - BunchingAt(rate);
            return false;
        }

        if (!Circuit.TryPass(now))
        {
            if (Circuit.Phase == CircuitPhase.Open) next = Circuit.OpenUntil;
            return false;
        }

        ticket.IsProbe = Circuit.Phase == CircuitPhase.HalfOpen;
        if (ticket.RatePerSecond is { } paced) NextAt = Max(now, NextAt) + TimeSpan.FromSeconds(1 / (paced * Pace));
        InUse++;
        return true;
    }

    public void End(GateTicket ticket, CallVerdict verdict, TimeSpan now)
    {
        InUse--;
        if (verdict == CallVerdict.CalledOff)
        {
            if (ticket.IsProbe) Circuit.CalledOff(now);
            return;
        }

        if (verdict == CallVerdict.Answered) Pace = Math.Min(1, Pace + PaceStep);
        if (verdict == CallVerdict.Failed) Circuit.Failed(ticket.IsProbe, now);
        else Circuit.Succeeded();
    }

    public void SlowDown(TimeSpan pause, TimeSpan now)
    {
        Pace = Math.Max(PaceMin, Pace / 2);
        PausedUntil = Max(PausedUntil, now + pause);
    }

    // A rate below the bunching's own keeps its whole distance.
    private TimeSpan BunchingAt(double rate) => rate * Pace * Bunching.TotalSeconds >= 1 ? Bunching : TimeSpan.Zero;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
