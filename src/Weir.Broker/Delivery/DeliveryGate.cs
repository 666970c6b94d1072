namespace Weir.Broker.Delivery;

/// <summary>
/// Decides which call may start: within the destination's concurrency, rate and circuit, and within the total. A tenant
/// holds at most seven times what is free, so that there is always room for another, and of those that wait for room
/// the tenant with the fewest calls under way comes first. A destination that holds a call already takes none of the
/// last quarter of its tenant's share, so that a few that hang leave room for the others.
/// </summary>
// Everything here is under the one lock, which is held for some comparisons and never while anything is awaited.
internal sealed class DeliveryGate(PushOptions options, TimeProvider time) : IDisposable
{
    /// <summary>A tenant may hold so many times what is free.</summary>
    private const int FreeFactor = 7;

    private readonly Lock _lock = new();
    private readonly long _startedAt = time.GetTimestamp();
    private readonly Dictionary<(string Account, string Key), DestinationState> _destinations = [];
    private readonly Dictionary<string, TenantCalls> _tenants = new(StringComparer.Ordinal);

    /// <summary>Those that found no room, in the order in which they did.</summary>
    private readonly LinkedList<DestinationState> _scarce = new();

    private int _inUse;
    private bool _isDisposed;

    /// <summary>The calls that a tenant may have under way by its quota; null: no limit. Called outside the lock.
    /// </summary>
    public Func<string, long?> QuotaOf { get; set; } = static _ => null;

    /// <summary>Told the tenant of a call that has to wait for the quota. Called outside the lock.</summary>
    public Action<string> Held { get; set; } = static _ => { };

    private TimeSpan Now => time.GetElapsedTime(_startedAt);

    /// <summary>A tenant's destination: another's troubles with the same endpoint are not its own.</summary>
    public DestinationState Attach(string account, string key)
    {
        lock (_lock)
        {
            if (!_destinations.TryGetValue((account, key), out var destination))
            {
                if (!_tenants.TryGetValue(account, out var tenant))
                    _tenants[account] = tenant = new TenantCalls(account);
                tenant.Destinations++;
                _destinations[(account, key)] = destination = new DestinationState(tenant, key, options);
            }

            destination.Routes++;
            return destination;
        }
    }

    public void Detach(DestinationState destination)
    {
        lock (_lock)
        {
            if (--destination.Routes > 0) return;
            _destinations.Remove((destination.Tenant.Account, destination.Key));
            destination.Timer?.Dispose();
            if (--destination.Tenant.Destinations == 0) _tenants.Remove(destination.Tenant.Account);
        }
    }

    /// <summary>A tenant's calls under way.</summary>
    public int InUseOf(string account)
    {
        lock (_lock) return _tenants.GetValueOrDefault(account)?.InUse ?? 0;
    }

    public CircuitPhase PhaseOf(DestinationState destination)
    {
        lock (_lock) return destination.Circuit.Phase;
    }

    /// <summary>Takes a place in the line; <see cref="GateTicket.Entered"/> tells when the call may start.</summary>
    public GateTicket Queue(DestinationState destination, int concurrencyMax, double? ratePerSecond)
    {
        var ticket = new GateTicket(destination, concurrencyMax, ratePerSecond);
        var tenant = destination.Tenant;
        var quota = QuotaOf(tenant.Account);
        bool isHeld;
        lock (_lock)
        {
            tenant.Quota = quota;
            ticket.Place = destination.Line.AddLast(ticket);
            Serve(destination);
            isHeld = ticket.Place is not null && tenant.IsAtQuota;
        }

        if (isHeld) Held(tenant.Account);
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
        var quota = QuotaOf(ticket.Destination.Tenant.Account);
        lock (_lock)
        {
            _inUse--;
            ticket.Destination.Tenant.InUse--;
            ticket.Destination.Tenant.Quota = quota;
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
            destination.Tenant.InUse++;
            ticket.Enter();
        }
    }

    // Those that wait for room come before the one that made it.
    private void ServeScarce()
    {
        while (_scarce.Where(HasRoomFor).MinBy(one => (one.Tenant.InUse, one.InUse)) is { } next)
        {
            _scarce.Remove(next);
            Serve(next);
        }
    }

    private bool HasRoomFor(DestinationState destination)
    {
        if (destination.Tenant.IsAtQuota) return false;
        var (inUse, left) = (destination.Tenant.InUse, LeftOf(destination.Tenant));
        return left > (destination.InUse == 0 ? 0 : (inUse + left) / 4);
    }

    /// <summary>The calls that the tenant may add until it has its share.</summary>
    private int LeftOf(TenantCalls tenant)
    {
        var free = options.ConcurrencyMax - _inUse;
        return tenant.InUse == 0 && free == 1 ? 1 : ((FreeFactor * free) - tenant.InUse) / (FreeFactor + 1);
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
