using System.Collections.Immutable;

namespace Weir.Engine.Definitions;

/// <summary>
/// Definitions that belong together, by name in ordinal order. Immutable, so what is compiled from it, such as a
/// routing table, holds for as long as the scope is the present one.
/// </summary>
public sealed class DefinitionScope
{
    private object? _compiled;

    internal DefinitionScope(ScopeName name, ImmutableSortedDictionary<string, Definition> items)
    {
        Name = name;
        Items = items;
    }

    public ScopeName Name { get; }

    public ImmutableSortedDictionary<string, Definition> Items { get; }

    /// <summary>What is compiled from the scope as a whole, which is done once.</summary>
    public T Compile<T>(Func<DefinitionScope, T> compile)
        where T : class
    {
        if (_compiled is T compiled) return compiled;
        compiled = compile(this);
        _compiled = compiled;
        return compiled;
    }
}
