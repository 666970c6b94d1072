namespace Weir.Broker.Delivery;

/// <summary>What is counted and remembered of a route; it outlives a change of the route's configuration.</summary>
internal sealed class RouteState(AttemptHistory history)
{
    private readonly RouteAttempts _attempts = new();
    private long _attemptCount;
    private long _delivered;
    private long _failed;
    private long _deadLettered;
    private long _dropped;
    private int _underWay;
    private volatile LastFailure? _last;

    public IReadOnlyList<PushAttempt> History => history.Of(_attempts);

    public void Tried(PushAttempt attempt)
    {
        Interlocked.Increment(ref _attemptCount);
        Interlocked.Increment(ref attempt.Error is null ? ref _delivered : ref _failed);
        if (attempt.Error is not null) _last = new LastFailure(attempt.Error, attempt.At);
        history.Add(_attempts, attempt);
    }

    public void Leased() => Interlocked.Increment(ref _underWay);

    public void Settled() => Interlocked.Decrement(ref _underWay);

    public void DeadLettered() => Interlocked.Increment(ref _deadLettered);

    public void Dropped() => Interlocked.Increment(ref _dropped);

    public void Forget() => history.Forget(_attempts);

    public PushRouteFigures Figures(CircuitPhase circuit) => new(
        Volatile.Read(ref _attemptCount), Volatile.Read(ref _delivered), Volatile.Read(ref _failed),
        Volatile.Read(ref _deadLettered), Volatile.Read(ref _dropped), Volatile.Read(ref _underWay), circuit,
        _last?.Error, _last?.At);

    private sealed record LastFailure(string Error, DateTimeOffset At);
}
