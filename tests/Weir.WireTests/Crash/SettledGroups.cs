namespace Weir.WireTests.Crash;

/// <summary>For each FIFO group, how far it was worked off at a time.</summary>
/// <param name="gone">When the first try to delete a message began that was not refused, by key.</param>
public sealed class SettledGroups(IReadOnlyDictionary<string, long> gone)
{
    // By group: at [i] the latest of the times at which numbers 0 to i began to be deleted.
    private readonly Dictionary<string, List<long>> _settledAt = [];

    /// <summary>The lowest number not yet begun to be deleted at that time, looked for up to the given place.</summary>
    public int NextAt(GroupPlace upTo, long time)
    {
        if (!_settledAt.TryGetValue(upTo.Group, out var settledAt)) _settledAt[upTo.Group] = settledAt = [];
        while (settledAt.Count < upTo.Index)
        {
            var began = gone.GetValueOrDefault((upTo with { Index = settledAt.Count }).Key, long.MaxValue);
            settledAt.Add(Math.Max(began, settledAt.Count > 0 ? settledAt[^1] : 0));
        }
        if (upTo.Index == 0) return 0;
        var at = settledAt.BinarySearch(0, upTo.Index, time, null);
        return at >= 0 ? at : ~at;
    }
}
