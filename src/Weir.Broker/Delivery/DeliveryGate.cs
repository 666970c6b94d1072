namespace Weir.Broker.Delivery;

/// <summary>
/// Decides which call may start: within the destination's concurrency, rate and circuit, and within the total. A
/// destination that holds a call already takes none of the last quarter of the total, so that a few that hang leave
/// room for all others.
/// </summary>
// Everything here is under the one lock, which is held for some comparisons and never while anything is awaited.
internal sealed class DeliveryGate(PushOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly long _startedAt = time.GetTimestamp();
    private readonly Dictionary<string, DestinationState> _destinations = new(StringComparer.Ordinal);

    /// <summary>Those that found the total used up, in the order in which they did.</summary>
    private readonly LinkedList<DestinationState> _scarce = new();

    private int _inUse;
    private bool _isDisposed;

    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    public DestinationState Attach(string key)
    {
        lock (_lock)
        {
            if (!_destinations.TryGetValue(key, out var destination))
                _destinations[key] = destination = new DestinationState(key, options);
            destination.Routes++;
            return destination;
        }
    }

    public void Detach(DestinationState destination)
    {
        lock (_lock)
        {
            if (--destination.Routes > 0) return;
            _destinations.Remove(destination.Key);
            destination.Timer?.Dispose();
        }
    }

    public CircuitPhase PhaseOf(DestinationState destination)
    {
        lock (_lock) return destination.Circuit.Phase;
    }

    /// <summary>Takes a place in the line; <see cref="GateTicket.Entered"/> tells when the call may start.</summary>
    public GateTicket Queue(DestinationState destination, int concurrencyMax, double? ratePerSecond)
    {
        var ticket = new GateTicket(destination, concurrencyMax, ratePerSecond);
        lock (_lock)
        {
            ticket.Place = destination.Line.AddLast(ticket);
            Serve(destination);
        }

        return ticket;
    }

    /// <summary>Leaves the line; false when the call may start meanwhile and must be ended instead.</summary>
    public bool TryLeave(GateTicket ticket)
    {
        lock (_lock)
        {
            if (ticket.Place is null) return false;
            ticket.Destination.Line.Remove(ticket.Place);
            ticket.Place = null;
            Serve(ticket.Destination);
            return true;
        }
    }

    /// <param name="pause">Not null: the destination asked for a slower pace, and for none at all so long.</param>
    public void End(GateTicket ticket, CallVerdict verdict, TimeSpan? pause = null)
    {
        lock (_lock)
        {
            _inUse--;
            if (pause is { } wait) ticket.Destination.SlowDown(wait, Now);
            ticket.Destination.End(ticket, verdict, Now);

            ServeScarce();
            Serve(ticket.Destination);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var destination in _destinations.Values) destination.Timer?.Dispose();
        }
    }

    private void Serve(DestinationState destination)
    {
        while (destination.Line.First?.Value is { } ticket)
        {
            if (!HasRoomFor(destination))
            {
                if (!_scarce.Contains(destination)) _scarce.AddLast(destination);
                return;
            }

            if (!destination.TryStart(ticket, Now, out var next))
            {
                if (next is { } at) WakeAt(destination, at);
                return;
            }

            destination.Line.RemoveFirst();
            ticket.Place = null;
            _inUse++;
            ticket.Enter();
        }
    }

    // Those that wait for room come first, and of them the one with the fewest calls under way; where there is no room
    // for that one there is none for any.
    private void ServeScarce()
    {
        while (_scarce.Count > 0 && _inUse < options.ConcurrencyMax)
        {
            var next = _scarce.MinBy(destination => destination.InUse)!;
            if (!HasRoomFor(next)) return;
            _scarce.Remove(next);
            Serve(next);
        }
    }

    private bool HasRoomFor(DestinationState destination)
    {
        var free = options.ConcurrencyMax - _inUse;
        return destination.InUse == 0 ? free > 0 : free > options.ConcurrencyMax / 4;
    }

    private void WakeAt(DestinationState destination, TimeSpan at)
    {
        if (_isDisposed) return;

        // Rounded up: a timer that is early by a fraction of its millisecond would find nothing to do.
        var wait = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((at - Now).TotalMilliseconds)));
        if (destination.Timer is { } timer) timer.Change(wait, Timeout.InfiniteTimeSpan);
        else destination.Timer = time.CreateTimer(_ => Wake(destination), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Wake(DestinationState destination)
    {
        lock (_lock) Serve(destination);
    }
}
