using System.Collections.Immutable;
using Weir.Broker.Shards;
using Weir.Engine.Definitions;

namespace Weir.Broker.Placement;

/// <summary>Which shard has which account, at one moment. Immutable, swapped whole.</summary>
internal sealed class ShardRoutes(
    ShardThread pool, ImmutableSortedDictionary<string, ShardThread> silos,
    ImmutableDictionary<string, PauseGate> gates)
{
    private sealed record View(DefinitionCatalog Pool, DefinitionCatalog[] Silos, DefinitionCatalog All);

    private readonly ShardThread[] _silos = [.. silos.Values];
    private volatile View? _view;

    public ImmutableSortedDictionary<string, ShardThread> Silos => silos;

    /// <summary>Accounts on the move, whose commands wait.</summary>
    public ImmutableDictionary<string, PauseGate> Gates => gates;

    /// <summary>True when no account is anywhere but in the pool.</summary>
    public bool IsPlain => silos.IsEmpty && gates.IsEmpty;

    public ShardThread ShardOf(string? account) =>
        account is not null && silos.TryGetValue(account, out var silo) ? silo : pool;

    /// <summary>Where work waits that concerns an account on the move; null: none does.</summary>
    public PauseGate? GateOf(Work work)
    {
        if (gates.IsEmpty) return null;
        if (work.Accounts is not { } several) return work.Account is { } one ? gates.GetValueOrDefault(one) : null;
        foreach (var (account, gate) in gates)
        {
            if (several.Contains(account)) return gate;
        }

        return null;
    }

    /// <summary>True when all these accounts are in one shard.</summary>
    public bool AreTogether(IReadOnlySet<string> accounts)
    {
        ShardThread? first = null;
        foreach (var account in accounts)
        {
            var shard = ShardOf(account);
            if ((first ??= shard) != shard) return false;
        }

        return true;
    }

    /// <summary>The definitions of all shards as they are now.</summary>
    public DefinitionCatalog Definitions
    {
        get
        {
            var inPool = pool.Loop.Shard.Definitions;
            if (_silos.Length == 0) return inPool;
            if (_view is { } view && ReferenceEquals(view.Pool, inPool) && IsOfNow(view)) return view.All;
            var own = _silos.Select(silo => silo.Loop.Shard.Definitions).ToArray();
            var all = Join(inPool, own);
            _view = new View(inPool, own, all);
            return all;
        }
    }

    /// <param name="own">Those of the silos, in their order.</param>
    public DefinitionCatalog Join(DefinitionCatalog inPool, IReadOnlyList<DefinitionCatalog> own)
    {
        if (own.Count == 0) return inPool;
        var byAccount = new Dictionary<string, DefinitionCatalog>(own.Count, StringComparer.Ordinal);
        for (var i = 0; i < _silos.Length; i++) byAccount.Add(_silos[i].Account!, own[i]);
        return DefinitionCatalog.Join(inPool, byAccount);
    }

    private bool IsOfNow(View view)
    {
        for (var i = 0; i < _silos.Length; i++)
        {
            if (!ReferenceEquals(view.Silos[i], _silos[i].Loop.Shard.Definitions)) return false;
        }

        return true;
    }
}
