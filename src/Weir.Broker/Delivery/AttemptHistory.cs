namespace Weir.Broker.Delivery;

/// <summary>One try of a delivery, for whoever asks why nothing arrives.</summary>
/// <param name="MessageId">As the queue knows it.</param>
/// <param name="Error">Null when it was delivered.</param>
/// <param name="Answer">The first 256 bytes of what the endpoint answered, read as UTF-8.</param>
public sealed record PushAttempt(
    DateTimeOffset At, Guid MessageId, int Attempt, int? Status, string? Error, TimeSpan Latency, string Answer);

/// <summary>
/// The last attempts of each route. Bounded for each and over all, where the oldest of all goes first.
/// </summary>
internal sealed class AttemptHistory(PushOptions options)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<RouteAttempts> _order = new();

    public void Add(RouteAttempts route, PushAttempt attempt)
    {
        lock (_lock)
        {
            if (route.Attempts.Count >= options.HistoryPerRoute) DropOldest(route);
            route.Attempts.Enqueue((attempt, _order.AddLast(route)));
            if (_order.Count > options.HistoryMax) DropOldest(_order.First!.Value);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PushAttempt> Of(RouteAttempts route)
    {
        lock (_lock) return [.. route.Attempts.Select(entry => entry.Attempt)];
    }

    public void Forget(RouteAttempts route)
    {
        lock (_lock)
        {
            while (route.Attempts.Count > 0) DropOldest(route);
        }
    }

    private void DropOldest(RouteAttempts route) => _order.Remove(route.Attempts.Dequeue().Place);
}

/// <summary>A route's part of the history; only the history looks into it.</summary>
internal sealed class RouteAttempts
{
    public Queue<(PushAttempt Attempt, LinkedListNode<RouteAttempts> Place)> Attempts { get; } = new();
}
