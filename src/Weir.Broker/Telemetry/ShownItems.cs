using System.Numerics;

namespace Weir.Broker.Telemetry;

/// <summary>
/// Chooses which few of many are shown by name: those with the most weight. The others are summed up.
/// </summary>
// A sum of counters over those that are not shown would jump whenever one begins or ends to be shown, and who reads
// rates from it would see traffic that never was. So:
// 1. Who is shown stays so until it is gone, or one with more than twice its weight has no place.
// 2. What begins to count among the others, having been shown before, is taken off their sum again (_correction).
// 3. The sum never falls: what is taken out of it, because it is shown now, is put back.
internal sealed class ShownItems<TItem, TKey, TTotals>(
    int max, Func<TItem, TKey> keyOf, Func<TItem, long> weightOf, Func<TItem, TTotals> totalsOf,
    Func<TTotals, TTotals, TTotals> maxOf)
    where TKey : notnull
    where TTotals : struct, IAdditionOperators<TTotals, TTotals, TTotals>,
        ISubtractionOperators<TTotals, TTotals, TTotals>
{
    private readonly PriorityQueue<TItem, long> _others = new();
    private readonly List<TItem> _kept = [];
    private Dictionary<TKey, TTotals> _shown = [];
    private TTotals _correction;
    private TTotals _sum;

    /// <summary>Takes one in; not more than twice the maximum are held meanwhile.</summary>
    /// <param name="rest">Given one that will not be shown, when that is settled.</param>
    public void Add(TItem item, Action<TItem> rest)
    {
        if (_shown.ContainsKey(keyOf(item)))
        {
            _kept.Add(item);
            return;
        }

        _others.Enqueue(item, weightOf(item));
        if (_others.Count > max) rest(_others.Dequeue());
    }

    /// <summary>All were taken in: gives those that are shown, the heaviest first.</summary>
    public IReadOnlyList<TItem> Choose(Action<TItem> rest)
    {
        var present = _kept.Select(keyOf).ToHashSet();
        foreach (var (key, totals) in _shown)
        {
            if (!present.Contains(key)) _correction -= totals;
        }

        _kept.Sort((left, right) => weightOf(left).CompareTo(weightOf(right)));
        var (chosen, lightest) = (new List<TItem>(_kept), 0);
        var incoming = _others.UnorderedItems.OrderByDescending(other => other.Priority).Select(other => other.Element);
        foreach (var item in incoming)
        {
            if (chosen.Count < max)
            {
                chosen.Add(item);
            }
            else if (lightest < _kept.Count && weightOf(item) > 2 * weightOf(_kept[lightest]))
            {
                var former = chosen[lightest];
                _correction -= totalsOf(former);
                rest(former);
                chosen[lightest++] = item;
            }
            else
            {
                rest(item);
            }
        }

        Abandon();
        _shown = chosen.ToDictionary(keyOf, totalsOf);
        chosen.Sort((left, right) => weightOf(right).CompareTo(weightOf(left)));
        return chosen;
    }

    /// <summary>Forgets what was taken in.</summary>
    public void Abandon()
    {
        _others.Clear();
        _kept.Clear();
    }

    /// <summary>What the others did, made to rise only.</summary>
    /// <param name="rest">The sum over those that were given to <c>rest</c>, and over those that are gone.</param>
    public TTotals SumOf(TTotals rest)
    {
        var sum = maxOf(_sum, rest + _correction);
        _correction = sum - rest;
        return _sum = sum;
    }
}
