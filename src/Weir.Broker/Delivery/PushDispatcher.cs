using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Broker.Endpoints;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Broker.Delivery;

/// <summary>
/// Push is pull on the consumer's behalf: for each route it leases from a queue, calls an endpoint, and deletes the
/// message, has it wait for its retry, or dead-letters it. How often a message was tried and how old it is lies in the
/// queue, so a restart goes on where it was; a message may then arrive twice, never not at all.
/// </summary>
public sealed class PushDispatcher : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (RouteLoop Loop, RouteState State)> _routes = new(StringComparer.Ordinal);

    /// <summary>Those that have something leased still, replaced and removed ones among them.</summary>
    private readonly ConcurrentDictionary<RouteLoop, byte> _running = new();

    private readonly AttemptHistory _history;
    private readonly Egress _egress;
    private readonly DeliveryGate _gate;
    private readonly DispatchParts _parts;
    private readonly CancellationTokenSource _abort = new();
    private readonly Dictionary<string, PushTotals> _goneTotals = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Tenants whose gone routes are told apart; those of further ones count as nobody's.</summary>
    private const int GoneAccountsMax = 20_000;

    public PushDispatcher(
        Broker broker, PushOptions options, TimeProvider time, IdSource ids, ILogger<PushDispatcher> logger)
    {
        _history = new AttemptHistory(options);
        _egress = new Egress(options);
        _gate = new DeliveryGate(options, time);
        Requests = new ApiDestinationRequests(broker, _egress);
        _parts = new DispatchParts(
            broker, options, _gate, new PushCall(_egress, time), new Settlement(broker, options, time, ids, logger),
            time, logger);
    }

    /// <summary>The calls of API destinations that are no deliveries go the same way.</summary>
    internal ApiDestinationRequests Requests { get; }

    internal Egress Egress => _egress;

    internal DeliveryGate Gate => _gate;

    /// <summary>Holds tenants to their quotas of calls under way from now on.</summary>
    public void Hold(Admission admission)
    {
        _gate.QuotaOf = account => admission.QuotasOf(account)?.WebhookConcurrencyMax;
        _gate.Held = account => admission.Refused(account, Quota.WebhookConcurrency);
        admission.CallsOf = _gate.InUseOf;
    }

    /// <summary>Starts a route, or gives the one of that id another configuration: calls under way end with the old
    /// one.</summary>
    /// <exception cref="ArgumentException">The route contradicts itself.</exception>
    public void Set(PushRoute route)
    {
        route.Check();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var state = new RouteState(_history);
            if (_routes.TryGetValue(route.Id, out var before))
            {
                state = before.State;
                before.Loop.Stop();
            }

            _routes[route.Id] = (Start(route, state), state);
        }
    }

    /// <summary>Ends a route: what waits goes back to its queue at once, what is called ends by itself.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            if (_isDisposed || !_routes.Remove(id, out var route)) return;
            route.Loop.Stop();
            route.State.Forget();
            var account = route.Loop.Route.Queue.Account;
            if (_goneTotals.Count >= GoneAccountsMax && !_goneTotals.ContainsKey(account)) account = "";
            _goneTotals[account] = _goneTotals.GetValueOrDefault(account) + TotalsOf(route.State);
        }
    }

    /// <returns>Null when there is no such route.</returns>
    public PushRouteFigures? FiguresOf(string id)
    {
        lock (_lock)
        {
            return _routes.TryGetValue(id, out var route)
                ? route.State.Figures(_gate.PhaseOf(route.Loop.Destination))
                : null;
        }
    }

    /// <summary>What was done for each tenant, by its routes and by those that are gone; and the queues of its
    /// routes.</summary>
    internal (Dictionary<string, PushTotals> Totals, HashSet<QueueName> Queues) Survey()
    {
        lock (_lock)
        {
            var totals = new Dictionary<string, PushTotals>(_goneTotals, StringComparer.Ordinal);
            var queues = new HashSet<QueueName>();
            foreach (var (loop, state) in _routes.Values)
            {
                var queue = loop.Route.Queue;
                queues.Add(queue);
                totals[queue.Account] = totals.GetValueOrDefault(queue.Account) + TotalsOf(state);
            }

            return (totals, queues);
        }
    }

    /// <summary>The last attempts, oldest first.</summary>
    public IReadOnlyList<PushAttempt> HistoryOf(string id)
    {
        lock (_lock) return _routes.TryGetValue(id, out var route) ? route.State.History : [];
    }

    /// <summary>Calls off what is under way and gives all leases back; to be done before the broker ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        await _abort.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys.Select(loop => loop.Ended)).ConfigureAwait(false);
        _gate.Dispose();
        _egress.Dispose();
        _abort.Dispose();
    }

    private static PushTotals TotalsOf(RouteState state)
    {
        var figures = state.Figures(CircuitPhase.Closed);
        return new PushTotals(
            figures.Attempts, figures.Delivered, figures.Failed, figures.DeadLettered, figures.Dropped);
    }

    private RouteLoop Start(PushRoute route, RouteState state)
    {
        var loop = new RouteLoop(route, state, _parts, _abort.Token);
        _running[loop] = 0;
        _ = loop.Ended.ContinueWith(
            _ => Forget(loop), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return loop;
    }

    private void Forget(RouteLoop loop)
    {
        if (_running.TryRemove(loop, out _)) loop.Dispose();
    }
}
