using Microsoft.Extensions.Logging;
using Weir.Broker.Forwarding;
using Weir.Engine.Definitions;

namespace Weir.Broker.Archives;

/// <summary>Runs the replays that have not ended: those that are there at the start, and those that come.</summary>
public sealed class ReplayDispatcher(Broker broker, ILogger<ReplayDispatcher> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ScopeName Scope, string Item), Task> _running = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly BusReplay _buses = new(broker, new Forwarder(broker, logger));
    private readonly TopicReplay _topics = new(broker, new Forwarder(broker, logger));
    private bool _isDisposed;

    /// <summary>Starts what is not running yet. To be called at the start and after each new or cancelled replay.
    /// </summary>
    public void Refresh()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            foreach (var scope in broker.Definitions.Scopes)
            {
                if (scope.Name.Kind != ArchiveDocuments.ReplayKind) continue;
                foreach (var (item, definition) in scope.Items)
                {
                    if (!ArchiveDocuments.Replay(definition).HasEnded) Start((scope.Name, item));
                }
            }
        }
    }

    /// <summary>Completes when no replay is running.</summary>
    public async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_lock) running = [.. _running.Values];
            if (running.Length == 0) return;
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    /// <summary>Stops between two pages; to be done before the broker ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await WhenIdleAsync().ConfigureAwait(false);
        _stop.Dispose();
        _turn.Dispose();
    }

    private void Start((ScopeName Scope, string Item) key)
    {
        if (_running.ContainsKey(key)) return;
        var loop = new ReplayLoop(broker, _buses, _topics, key.Scope, key.Item, _turn, logger);
        var stop = _stop.Token;
        _running[key] = Task.Run(() => RunAsync(loop, key, stop), CancellationToken.None);
    }

    private async Task RunAsync(ReplayLoop loop, (ScopeName Scope, string Item) key, CancellationToken stop)
    {
        var hasEnded = await loop.RunAsync(stop).ConfigureAwait(false);
        lock (_lock) _running.Remove(key);

        // A new one may have come under the same name while this one was on its way out.
        if (hasEnded) Refresh();
    }
}
