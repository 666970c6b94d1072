using System.Collections.Immutable;
using Weir.Broker.Shards;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.State;
using Weir.Engine.Transfers;
using Weir.Journal;

namespace Weir.Broker.Placement;

/// <summary>
/// All shards of a broker: the pool, which many tenants share, and the silos of those that have one of their own. It
/// gives what comes in to the shard that has its account.
/// </summary>
// Who has an account is said by its placement in the pool's log, and by nothing else: one commit moves it.
//
// 1. Without silos and moves there are no routes, and nothing is looked up.
// 2. A shard does nothing for an account that it does not have (SentAway), whatever routes its sender went by.
// 3. Routes change under _lock; only TenantMove changes them.
internal sealed class ShardMap
{
    private readonly BrokerOptions _options;
    private readonly ShardHost _host;
    private readonly Lock _lock = new();
    private volatile ShardRoutes? _routes;

    /// <summary>A silo that a move fills, and that has nothing yet that counts.</summary>
    private volatile ShardThread? _joining;

    /// <exception cref="JournalLockedException">Another process has a directory.</exception>
    /// <exception cref="JournalCorruptException">A log is damaged before its end, or a silo's is not there.</exception>
    /// <exception cref="StateCorruptException">A log holds what this version does not know.</exception>
    public ShardMap(BrokerOptions options, ShardHost host)
    {
        (_options, _host) = (options, host);
        Directory = new SiloDirectory(host.Disk, options.Journal.Directory);
        Pool = new ShardThread(account: null, options, host);
        var silos = ImmutableSortedDictionary.CreateBuilder<string, ShardThread>(StringComparer.Ordinal);
        try
        {
            foreach (var (account, placement) in PlacementDocuments.All(Pool.Loop.Shard.Definitions))
            {
                if (placement.IsSilo) silos.Add(account, OpenPlaced(account, placement));
                else Directory.Clear(account);
            }
        }
        catch
        {
            foreach (var silo in silos.Values) silo.Loop.Dispose();
            Pool.Loop.Dispose();
            throw;
        }

        if (silos.Count > 0) _routes = new ShardRoutes(Pool, silos.ToImmutable(), NoGates);
        foreach (var account in silos.Keys) Pool.Loop.Away.Add(account);
        foreach (var shard in All) shard.Start();
        foreach (var account in silos.Keys.Where(Pool.Loop.Shard.Has)) _ = ClearPoolOfAsync(account);
    }

    private static ImmutableDictionary<string, PauseGate> NoGates { get; } =
        ImmutableDictionary.Create<string, PauseGate>(StringComparer.Ordinal);

    public ShardThread Pool { get; }

    public SiloDirectory Directory { get; }

    /// <summary>The pool, then the silos in the order of their accounts.</summary>
    public IEnumerable<ShardThread> All
    {
        get
        {
            var (routes, joining) = (_routes, _joining);
            yield return Pool;
            foreach (var silo in routes?.Silos.Values ?? []) yield return silo;
            if (joining is not null && routes?.ShardOf(joining.Account) != joining) yield return joining;
        }
    }

    public int SiloCount => _routes?.Silos.Count ?? 0;

    /// <summary>True while accounts are in different shards, or on the way.</summary>
    public bool IsDivided => _routes is not null;

    public DefinitionCatalog Definitions => _routes is { } routes ? routes.Definitions : Pool.Loop.Shard.Definitions;

    /// <summary>True when what a shard says of an account is what counts.</summary>
    public bool IsOwner(ShardThread shard, string account) =>
        _routes is not { } routes || ReferenceEquals(routes.ShardOf(account), shard);

    /// <summary>The shard that has an account.</summary>
    public ShardThread ShardOf(string account) => _routes?.ShardOf(account) ?? Pool;

    /// <summary>True when one shard can do all that concerns these accounts, now or when a move ends.</summary>
    public bool AreTogether(IReadOnlySet<string> accounts) => _routes?.AreTogether(accounts) ?? true;

    /// <summary>Gives work to the shard that has its account, or has it wait while that is on the move.</summary>
    /// <returns>Why it is not to be done; null: it will be answered.</returns>
    public Fault? Admit(Work work)
    {
        while (true)
        {
            if (_routes is not { } routes)
            {
                if (Pool.TryAdmit(work, out var refused)) return refused;
                continue;
            }

            if (routes.GateOf(work) is { } gate)
            {
                if (gate.TryEnter(work, out var refused)) return refused;
                continue;
            }

            if (routes.ShardOf(work.Account ?? work.Accounts?.FirstOrDefault()).TryAdmit(work, out var refusal))
                return refusal;
        }
    }

    /// <summary>The definitions once whatever made them so is durable.</summary>
    /// <param name="account">Whose are asked for, beside the server's own; null: all.</param>
    public async ValueTask<Outcome<DefinitionCatalog>> ReadDefinitionsAsync(string? account)
    {
        while (true)
        {
            var routes = _routes;
            var read = routes is null
                ? await Pool.ExecuteAsync(new ReadDefinitionsCommand()).ConfigureAwait(false)
                : await ReadDefinitionsAsync(routes, account).ConfigureAwait(false);

            // A silo that was closed meanwhile: what it had is elsewhere.
            if (!ReferenceEquals(read.Fault, ShardHost.Moving)) return read;
        }
    }

    /// <summary>From now on what comes for an account waits.</summary>
    public void Pause(string account)
    {
        lock (_lock)
        {
            var routes = _routes;
            _routes = new ShardRoutes(
                Pool, routes?.Silos ?? ImmutableSortedDictionary.Create<string, ShardThread>(StringComparer.Ordinal),
                (routes?.Gates ?? NoGates).Add(account, new PauseGate(_host.Time)));
        }
    }

    /// <summary>The account is in a shard, and what waited for it goes there.</summary>
    public void Resume(string account, ShardThread shard)
    {
        var gate = _routes!.Gates[account];
        gate.Open(work => Pass(work, shard), () =>
        {
            lock (_lock)
            {
                var silos = _routes!.Silos.Remove(account);
                if (shard != Pool) silos = silos.Add(account, shard);
                var routes = new ShardRoutes(Pool, silos, _routes.Gates.Remove(account));
                _routes = routes.IsPlain ? null : routes;
                _joining = null;
            }
        });
    }

    /// <summary>Opens a silo for a move to fill.</summary>
    public ShardThread OpenJoining(string account, int number)
    {
        var silo = Open(account, number);
        _joining = silo;
        silo.Start();
        return silo;
    }

    /// <summary>Clears the pool of what a silo has.</summary>
    /// <returns>Why not all is gone: the broker ends, and the next start goes on.</returns>
    public async Task<Fault?> ClearPoolOfAsync(string account)
    {
        while (true)
        {
            var outcome = await Pool.ExecuteAsync(new DropAccountCommand(account, QueuesPerDrop))
                .ConfigureAwait(false);
            if (!outcome.IsOk) return outcome.Fault;
            if (outcome.Value) return null;
        }
    }

    public async ValueTask StopAsync()
    {
        foreach (var gate in _routes?.Gates.Values ?? [])
        {
            gate.RefuseAll(ShardHost.Stopping);
            gate.Dispose();
        }

        // Each writes a checkpoint, which takes longest where most is stored.
        await Task.WhenAll(All.Select(shard => shard.StopAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>Queues that are dropped between two other commands: some milliseconds, if they are full.</summary>
    private const int QueuesPerDrop = 4;

    private ShardThread Open(string account, int number)
    {
        Directory.Create(account);
        return new ShardThread(account, _options with
        {
            Journal = _options.Journal with { Directory = Directory.Of(account) },
            Engine = _options.Engine with { ShardNumber = number },
        }, _host);
    }

    private ShardThread OpenPlaced(string account, PlacementConfig placement)
    {
        if (!Directory.HasData(account))
        {
            throw new JournalCorruptException(Directory.Of(account), 0,
                $"tenant {account} has a silo, and its log is not there: put it back, or restore a backup of the "
                + "whole data directory.");
        }

        return Open(account, placement.Number);
    }

    private async ValueTask<Outcome<DefinitionCatalog>> ReadDefinitionsAsync(ShardRoutes routes, string? account)
    {
        var inPool = Pool.ExecuteAsync(new ReadDefinitionsCommand());
        var reads = routes.Silos.Values
            .Select(silo => account is null || silo.Account == account
                ? silo.ExecuteAsync(new ReadDefinitionsCommand())
                : ValueTask.FromResult<Outcome<DefinitionCatalog>>(silo.Loop.Shard.Definitions))
            .ToArray();
        var pool = await inPool.ConfigureAwait(false);
        var own = new List<DefinitionCatalog>(reads.Length);
        var fault = pool.Fault;
        foreach (var read in reads)
        {
            var outcome = await read.ConfigureAwait(false);
            fault ??= outcome.Fault;
            if (outcome.IsOk) own.Add(outcome.Value);
        }

        return fault is null ? routes.Join(pool.Value!, own) : fault;
    }

    private void Pass(Work work, ShardThread shard)
    {
        if (work.Accounts is { Count: > 1 })
        {
            // It may be for several shards, and the routes are not the new ones before this ends.
            ThreadPool.UnsafeQueueUserWorkItem(_ => _host.Bounce(work), null);
            return;
        }

        if (shard.TryAdmit(work, out var refusal) && refusal is null) return;
        var fault = refusal ?? ShardHost.Moving;
        if (_host.IsThreaded) ThreadPool.UnsafeQueueUserWorkItem(_ => work.Refuse(fault), null);
        else work.Refuse(fault);
    }
}
