namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>Texts, or numbers' keys, and the atoms that wait for each.</summary>
internal sealed class ByteTable
{
    private readonly Dictionary<byte[], AtomList> _entries = new(ByteKeyComparer.Instance);
    private readonly Dictionary<byte[], AtomList>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public ByteTable() => _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();

    public void Add(byte[] key, int atom)
    {
        if (!_entries.TryGetValue(key, out var atoms)) _entries.Add(key, atoms = new());
        atoms.Add(atom);
    }

    public void Match(ReadOnlySpan<byte> key, MatchScratch scratch)
    {
        if (_lookup.TryGetValue(key, out var atoms)) scratch.Hit(atoms);
    }
}
