namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>The address blocks of a field: one look for each length that occurs, of which there are at most 162.
/// </summary>
internal sealed class CidrTable
{
    private readonly Dictionary<CidrBlock, AtomList> _blocks = [];
    private readonly List<(int PrefixLength, bool IsV6)> _lengths = [];

    public void Add(CidrBlock block, int atom)
    {
        var network = block with { Network = CidrBlock.Mask(block.Network, block.PrefixLength, block.IsV6) };
        if (!_blocks.TryGetValue(network, out var atoms)) _blocks.Add(network, atoms = new());
        atoms.Add(atom);
        if (!_lengths.Contains((block.PrefixLength, block.IsV6))) _lengths.Add((block.PrefixLength, block.IsV6));
    }

    public void Match(ReadOnlySpan<byte> text, MatchScratch scratch)
    {
        if (!CidrBlock.TryReadAddress(text, out var address, out var isV6)) return;
        foreach (var (length, isLengthV6) in _lengths)
        {
            if (isLengthV6 != isV6) continue;
            var network = new CidrBlock(CidrBlock.Mask(address, length, isV6), length, isV6);
            if (_blocks.TryGetValue(network, out var atoms)) scratch.Hit(atoms);
        }
    }
}
