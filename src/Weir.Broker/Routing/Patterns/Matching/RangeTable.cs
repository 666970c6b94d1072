namespace Weir.Broker.Routing.Patterns.Matching;

/// <summary>
/// The numeric ranges of a field, as a segment tree over their ends: a number finds its place among the ends by binary
/// search, and the ranges around it on the way to the root.
/// </summary>
//   places of n sorted ends: 0 below all, 1 at the first, 2 between first and second, ... 2n above all
internal sealed class RangeTable
{
    private readonly byte[][] _ends;
    private readonly AtomList?[] _tree;
    private readonly int _places;

    public RangeTable(IReadOnlyList<(NumberRange Range, int Atom)> ranges)
    {
        _ends = [.. ranges.SelectMany(entry => new[] { entry.Range.Low, entry.Range.High })
            .Distinct(ByteKeyComparer.Instance)
            .Order(Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)))];
        _places = 2 * _ends.Length + 1;
        _tree = new AtomList?[2 * _places];
        foreach (var (range, atom) in ranges)
        {
            var first = Place(range.Low) + (range.IsLowOpen ? 1 : 0);
            var last = Place(range.High) - (range.IsHighOpen ? 1 : 0);
            Cover(first, last, atom);
        }
    }

    public void Match(ReadOnlySpan<byte> key, MatchScratch scratch)
    {
        for (var node = Place(key) + _places; node > 0; node /= 2)
            if (_tree[node] is { } atoms) scratch.Hit(atoms);
    }

    private void Cover(int first, int last, int atom)
    {
        var (left, right) = (first + _places, last + _places + 1);
        for (; left < right; left /= 2, right /= 2)
        {
            if (left % 2 == 1) (_tree[left++] ??= new()).Add(atom);
            if (right % 2 == 1) (_tree[--right] ??= new()).Add(atom);
        }
    }

    private int Place(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, _ends.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = key.SequenceCompareTo(_ends[middle]);
            if (order == 0) return 2 * middle + 1;
            if (order < 0) high = middle - 1;
            else low = middle + 1;
        }

        return 2 * low;
    }
}
