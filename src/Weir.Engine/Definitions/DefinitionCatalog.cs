using System.Collections.Immutable;

namespace Weir.Engine.Definitions;

/// <summary>All definitions of a shard at one moment. Immutable; any thread may read it.</summary>
public sealed class DefinitionCatalog
{
    private static readonly ImmutableSortedDictionary<string, Definition> NoItems =
        ImmutableSortedDictionary.Create<string, Definition>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<ScopeName, DefinitionScope> _scopes;

    private DefinitionCatalog(
        ImmutableSortedDictionary<ScopeName, DefinitionScope> scopes,
        ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>> kept) =>
        (_scopes, Kept) = (scopes, kept);

    public static DefinitionCatalog Empty { get; } = new(
        ImmutableSortedDictionary<ScopeName, DefinitionScope>.Empty,
        ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>>.Empty);

    /// <summary>What queues keep for the broker, <see cref="QueueConfig.Opaque"/>, of those that keep something.
    /// </summary>
    public ImmutableDictionary<QueueName, ImmutableSortedDictionary<string, string>> Kept { get; }

    /// <summary>In the order of their names; none is empty.</summary>
    public IEnumerable<DefinitionScope> Scopes => _scopes.Values;

    public int ScopeCount => _scopes.Count;

    public DefinitionScope? Find(ScopeName name) => _scopes.GetValueOrDefault(name);

    public Definition? Find(ScopeName scope, string item) => Find(scope)?.Items.GetValueOrDefault(item);

    /// <summary>The scopes of a kind in an account and region, in the order of their names.</summary>
    public IEnumerable<DefinitionScope> ScopesOf(string kind, string account, string region) => _scopes.Values
        .Where(scope => scope.Name.Kind == kind && scope.Name.Account == account && scope.Name.Region == region);

    internal DefinitionCatalog Set(ScopeName name, string item, Definition definition)
    {
        var items = Find(name)?.Items ?? NoItems;
        return new(_scopes.SetItem(name, new DefinitionScope(name, items.SetItem(item, definition))), Kept);
    }

    /// <summary>A scope goes with its last item.</summary>
    internal DefinitionCatalog Remove(ScopeName name, string item)
    {
        if (Find(name) is not { } scope || !scope.Items.ContainsKey(item)) return this;
        return scope.Items.Count == 1
            ? new(_scopes.Remove(name), Kept)
            : new(_scopes.SetItem(name, new DefinitionScope(name, scope.Items.Remove(item))), Kept);
    }

    internal DefinitionCatalog Remove(ScopeName name) => new(_scopes.Remove(name), Kept);

    /// <param name="kept">Empty: the queue keeps nothing, or is no more.</param>
    internal DefinitionCatalog Keep(QueueName queue, ImmutableSortedDictionary<string, string> kept)
    {
        var all = kept.IsEmpty ? Kept.Remove(queue) : Kept.SetItem(queue, kept);
        return ReferenceEquals(all, Kept) ? this : new(_scopes, all);
    }
}
