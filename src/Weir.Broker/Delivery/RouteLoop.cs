using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Delivery;

/// <summary>
/// Leases from a route's queue and has each message delivered; the gate sees to it that at most
/// <see cref="PushRoute.ConcurrencyMax"/> calls are under way. While nothing is to be delivered, all that there is of
/// a route is a parked receive.
/// </summary>
internal sealed partial class RouteLoop : IDisposable
{
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Leased in one commit, as far as there are places: leased one by one, a route would deliver one message a commit.
    /// </summary>
    private const int LeaseMax = 10;

    /// <summary>
    /// Messages that are leased for each call that may be under way: one that is called, one that waits so that the
    /// next call need not wait for a commit, and one whose outcome is being committed.
    /// </summary>
    private const int LeasedFactor = 3;

    /// <summary>After a refusal: the queue is gone, or the broker has too much to do.</summary>
    private static readonly TimeSpan RefusedDelay = TimeSpan.FromSeconds(1);

    private readonly DispatchParts _parts;
    private readonly Courier _courier;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _stopped;
    private readonly SemaphoreSlim _places;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The loop itself and each delivery; who takes it to zero ends it all.</summary>
    private int _running = 1;

    private FaultCode _lastRefusal;

    /// <param name="abort">Ends calls under way, too; <see cref="Stop"/> ends only what waits.</param>
    public RouteLoop(PushRoute route, RouteState state, DispatchParts parts, CancellationToken abort)
    {
        _parts = parts;
        Route = route;
        Destination = parts.Gate.Attach(route.Queue.Account, route.Destination);
        _places = new SemaphoreSlim(LeasedFactor * route.ConcurrencyMax);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(abort);
        _stopped = _stop.Token;
        _courier = new Courier(route, state, Destination, parts, _stopped, abort);
        _ = Task.Run(RunAsync, CancellationToken.None);
    }

    public PushRoute Route { get; }

    public DestinationState Destination { get; }

    /// <summary>Completes when nothing is leased any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>To be called once, and not after the end.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Dispose();
        _places.Dispose();
    }

    private async Task RunAsync()
    {
        // The request that set the route up is over, and has nothing to do with what is delivered.
        Activity.Current = null;
        try
        {
            while (true) await LeaseAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            LogStopped(_parts.Logger, Route.Id);
        }
        finally
        {
            EndOne();
        }
    }

    private async Task LeaseAsync()
    {
        var places = await TakePlacesAsync().ConfigureAwait(false);
        var messages = Array.Empty<ReceivedMessage>() as IReadOnlyList<ReceivedMessage>;
        try
        {
            messages = await ReceiveAsync(places).ConfigureAwait(false);
        }
        catch (Exception failure) when (!_stopped.IsCancellationRequested)
        {
            // Nothing is known that would do this; a route that ended of it would say nothing for ever.
            LogBroken(_parts.Logger, Route.Id, failure);
            await Task.Delay(RefusedDelay, _parts.Time, _stopped).ConfigureAwait(false);
        }
        finally
        {
            if (messages.Count < places) _places.Release(places - messages.Count);
        }

        foreach (var message in messages) Deliver(message);
    }

    /// <summary>One place, once there is one, and with it those that are free just then.</summary>
    private async Task<int> TakePlacesAsync()
    {
        await _places.WaitAsync(_stopped).ConfigureAwait(false);

        // A receive of several may give several of one group, of which at most one is to be under way.
        var max = Route.Queue.HasFifoSuffix ? 1 : LeaseMax;
        var taken = 1;
        while (taken < max && _places.Wait(TimeSpan.Zero, _stopped)) taken++;
        return taken;
    }

    private async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int max)
    {
        var receive = new ReceiveCommand(Route.Queue, max, Route.Timeout + _parts.Options.LeaseMargin, attemptId: null)
        {
            IsForBroker = true,
        };
        var outcome = await _parts.Broker.ReceiveAsync(receive, PollWait, _stopped).ConfigureAwait(false);
        if (outcome.Fault is not { } fault)
        {
            _lastRefusal = FaultCode.None;
            return outcome.Value;
        }

        // A queue goes just before its route does.
        if (fault.Code == FaultCode.QueueNotFound) LogGone(_parts.Logger, Route.Id);
        else if (_lastRefusal != fault.Code) LogRefused(_parts.Logger, Route.Id, fault.Message);
        _lastRefusal = fault.Code;
        await Task.Delay(RefusedDelay, _parts.Time, _stopped).ConfigureAwait(false);
        return [];
    }

    private void Deliver(ReceivedMessage message)
    {
        Interlocked.Increment(ref _running);
        _ = DeliverAsync(message);
    }

    private async Task DeliverAsync(ReceivedMessage message)
    {
        try
        {
            await _courier.DeliverAsync(message).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The lease ends by itself, and the message is delivered again.
            LogBroken(_parts.Logger, Route.Id, failure);
        }
        finally
        {
            _places.Release();
            EndOne();
        }
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _running) > 0) return;
        _parts.Gate.Detach(Destination);
        _ended.SetResult();
    }

    [LoggerMessage(LogLevel.Debug, "Route {Route}: stopped")]
    private static partial void LogStopped(ILogger logger, string route);

    [LoggerMessage(LogLevel.Debug, "Route {Route}: its queue is gone")]
    private static partial void LogGone(ILogger logger, string route);

    [LoggerMessage(LogLevel.Warning, "Route {Route}: nothing is delivered while the queue refuses: {Reason}")]
    private static partial void LogRefused(ILogger logger, string route, string reason);

    [LoggerMessage(LogLevel.Error, "Route {Route}: a delivery broke off")]
    private static partial void LogBroken(ILogger logger, string route, Exception failure);
}
