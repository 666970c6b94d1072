using System.Collections.Concurrent;
using Weir.Broker.Shards;
using Weir.Engine;

namespace Weir.Broker.Placement;

/// <summary>Says where tenants are, and moves them. One move is under way at a time. Any thread.</summary>
public sealed class TenantPlacements
{
    private readonly ShardMap _shards;
    private readonly ShardHost _host;
    private readonly BrokerOptions _options;
    private readonly ConcurrentDictionary<string, Move> _moves = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Fault> _failures = new(StringComparer.Ordinal);

    // The move that began last; guarded by the lock on _moves.
    private Task _last = Task.CompletedTask;

    internal TenantPlacements(ShardMap shards, ShardHost host, BrokerOptions options) =>
        (_shards, _host, _options) = (shards, host, options);

    private sealed record Move(bool ToSilo, TenantMove Mover, Task<Outcome<Done>> Task);

    public TenantPlacement Find(string account)
    {
        var isSilo = PlacementDocuments.Find(_shards.Pool.Loop.Shard.Definitions, account)?.IsSilo == true;
        return new TenantPlacement(
            isSilo, _moves.TryGetValue(account, out var move) ? move.Mover.Progress : null,
            _failures.GetValueOrDefault(account));
    }

    /// <summary>
    /// Moves a tenant to a shard of its own or back to the pool, with all that it has; its requests wait meanwhile, for
    /// <see cref="PauseGate.WaitMax"/> each. Completes when it is there, at once if it is there already.
    /// </summary>
    /// <param name="account">Any but that of zeros, which has the server's own settings and is always in the pool.
    /// </param>
    public Task<Outcome<Done>> MoveAsync(string account, bool toSilo)
    {
        if (account == PlacementDocuments.PoolAccount && toSilo)
        {
            return Task.FromResult<Outcome<Done>>(new Fault(FaultCode.InvalidValue,
                $"Account {account} keeps the server's own settings and stays in the pool."));
        }

        if (_host.Refusal is { } over) return Task.FromResult<Outcome<Done>>(over);
        lock (_moves)
        {
            if (_moves.TryGetValue(account, out var present))
            {
                return present.ToSilo == toSilo
                    ? present.Task
                    : Task.FromResult<Outcome<Done>>(new Fault(FaultCode.ConfigChanged,
                        $"Tenant {account} is being moved the other way: try again when that has ended."));
            }

            if (Find(account).IsSilo == toSilo) return Task.FromResult<Outcome<Done>>(default(Done));
            var mover = new TenantMove(_shards, _host, _options, account, toSilo);
            var started = new TaskCompletionSource();
            var task = RunAsync(account, mover, Task.WhenAll(_last, started.Task));
            _last = task;
            _moves[account] = new Move(toSilo, mover, task);
            started.SetResult();
            return task;
        }
    }

    /// <summary>Gives up the moves under way: each tenant stays where its placement says.</summary>
    internal async Task StopAsync()
    {
        foreach (var move in _moves.Values) move.Mover.GiveUp();
        foreach (var move in _moves.Values) await Task.WhenAny(move.Task, _host.Failed).ConfigureAwait(false);
    }

    private async Task<Outcome<Done>> RunAsync(string account, TenantMove mover, Task turn)
    {
        await turn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            var outcome = await mover.RunAsync().ConfigureAwait(false);
            if (outcome.Fault is { } fault) _failures[account] = fault;
            else _failures.TryRemove(account, out _);
            return outcome;
        }
        finally
        {
            _moves.TryRemove(account, out _);
        }
    }
}
