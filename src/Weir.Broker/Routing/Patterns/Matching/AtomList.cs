using System.Runtime.InteropServices;

namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>Atoms that one value meets together. Grows while the set is built, and is only read afterwards.</summary>
internal sealed class AtomList
{
    private readonly List<int> _atoms = [];

    /// <summary>An atom of anything-but stands as its complement: the value is one that it excludes.</summary>
    public ReadOnlySpan<int> Atoms => CollectionsMarshal.AsSpan(_atoms);

    public void Add(int atom) => _atoms.Add(atom);
}
