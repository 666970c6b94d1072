using System.Collections.Immutable;

namespace Weir.Engine.Definitions;

/// <summary>
/// All definitions of a shard, or of several, at one moment. Immutable; any thread may read it.
/// </summary>
public sealed class DefinitionCatalog
{
    private static readonly ImmutableSortedDictionary<string, Definition> NoItems =
        ImmutableSortedDictionary.Create<string, Definition>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<ScopeName, DefinitionScope> _scopes;
    private readonly ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>> _kept;

    /// <summary>Those of accounts that have shards of their own; null: there are none.</summary>
    private readonly IReadOnlyDictionary<string, DefinitionCatalog>? _silos;

    private DefinitionCatalog(
        ImmutableSortedDictionary<ScopeName, DefinitionScope> scopes,
        ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>> kept,
        IReadOnlyDictionary<string, DefinitionCatalog>? silos = null) =>
        (_scopes, _kept, _silos) = (scopes, kept, silos);

    public static DefinitionCatalog Empty { get; } = new(
        ImmutableSortedDictionary<ScopeName, DefinitionScope>.Empty,
        ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>>.Empty);

    /// <summary>In the order of their names; none is empty.</summary>
    public IEnumerable<DefinitionScope> Scopes => _silos is null ? _scopes.Values : ScopesOfAll();

    public int ScopeCount => _silos is null ? _scopes.Count : ScopesOfAll().Count();

    /// <summary>
    /// Those of several shards: what an account with a shard of its own has there is all that it has, whatever else
    /// another shard keeps of it.
    /// </summary>
    public static DefinitionCatalog Join(
        DefinitionCatalog pool, IReadOnlyDictionary<string, DefinitionCatalog> silos) =>
        new(pool._scopes, pool._kept, silos);

    public DefinitionScope? Find(ScopeName name) => Of(name.Account)._scopes.GetValueOrDefault(name);

    public Definition? Find(ScopeName scope, string item) => Find(scope)?.Items.GetValueOrDefault(item);

    /// <summary>What a queue keeps for the broker, <see cref="QueueConfig.Opaque"/>; null: nothing.</summary>
    public ImmutableSortedDictionary<string, string>? KeptOf(QueueName queue) =>
        Of(queue.Account)._kept.GetValueOrDefault(queue);

    /// <summary>The scopes of a kind in an account and region, in the order of their names.</summary>
    public IEnumerable<DefinitionScope> ScopesOf(string kind, string account, string region) =>
        Of(account)._scopes.Values.Where(scope =>
            scope.Name.Kind == kind && scope.Name.Account == account && scope.Name.Region == region);

    internal DefinitionCatalog Set(ScopeName name, string item, Definition definition)
    {
        var items = Find(name)?.Items ?? NoItems;
        return new(_scopes.SetItem(name, new DefinitionScope(name, items.SetItem(item, definition))), _kept);
    }

    /// <summary>A scope goes with its last item.</summary>
    internal DefinitionCatalog Remove(ScopeName name, string item)
    {
        if (Find(name) is not { } scope || !scope.Items.ContainsKey(item)) return this;
        return scope.Items.Count == 1
            ? new(_scopes.Remove(name), _kept)
            : new(_scopes.SetItem(name, new DefinitionScope(name, scope.Items.Remove(item))), _kept);
    }

    internal DefinitionCatalog Remove(ScopeName name) => new(_scopes.Remove(name), _kept);

    /// <param name="kept">Empty: the queue keeps nothing, or is no more.</param>
    internal DefinitionCatalog Keep(QueueName queue, ImmutableSortedDictionary<string, string> kept)
    {
        var all = kept.IsEmpty ? _kept.Remove(queue) : _kept.SetItem(queue, kept);
        return ReferenceEquals(all, _kept) ? this : new(_scopes, all);
    }

    private DefinitionCatalog Of(string account) =>
        _silos is not null && _silos.TryGetValue(account, out var silo) ? silo : this;

    private IEnumerable<DefinitionScope> ScopesOfAll() => _scopes.Values
        .Where(scope => !_silos!.ContainsKey(scope.Name.Account))
        .Concat(_silos!.SelectMany(silo => silo.Value._scopes.Values
            .Where(scope => scope.Name.Account == silo.Key)))
        .OrderBy(scope => scope.Name);
}
