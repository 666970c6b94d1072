using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>The groups of a standard queue that have messages in memory, and which of them are noisy.</summary>
// Amazon SQS calls a tenant noisy that has more than a tenth of the messages in flight and at least 30 of them, or more
// than a tenth of the recent processing time. So at most 18 groups are noisy at once, and looking past them is cheap.
// Invariants
// 1. A group is here while it has an entry that is ready or in flight; it is in _heads while it has a ready one.
// 2. Nothing here is stored but the processing time: the rest follows from the entries.
internal sealed class FairGroups(EngineOptions options)
{
    private readonly Dictionary<string, FairGroup> _groups = new(StringComparer.Ordinal);
    private readonly IndexedHeap<FairGroup, FairGroup.ByHead> _heads = new();

    public ProcessingTime Processing { get; } = new();

    public int ReadyCount { get; private set; }

    public bool IsEmpty => _groups.Count == 0;

    public IReadOnlyCollection<FairGroup> All => _groups.Values;

    /// <summary>The ready entry that was sent first, whosever it is.</summary>
    public Entry? First => _heads.First?.Ready.First;

    public int ReadyOf(string groupId) => _groups.TryGetValue(groupId, out var group) ? group.Ready.Count : 0;

    public void OnReady(Entry entry)
    {
        var group = Join(entry);
        group.Ready.Add(entry);
        ReadyCount++;
        if (group.HeapIndex == -1) _heads.Add(group);
        else _heads.Moved(group);
    }

    public void OnUnready(Entry entry)
    {
        var group = entry.Fair!;
        var isLast = group.Ready.Count == 1;
        if (isLast) _heads.Remove(group);
        group.Ready.Remove(entry);
        ReadyCount--;
        if (!isLast) _heads.Moved(group);
        Leave(entry);
    }

    public void OnInFlight(Entry entry, bool began)
    {
        if (began)
        {
            Join(entry).InFlight++;
            return;
        }

        entry.Fair!.InFlight--;
        Leave(entry);
    }

    public bool IsNoisy(string groupId, int inFlight) =>
        _groups.TryGetValue(groupId, out var group) ? IsNoisy(group, inFlight) : TakesTime(groupId);

    public int InFlightOf(string groupId) => _groups.TryGetValue(groupId, out var group) ? group.InFlight : 0;

    /// <param name="inFlight">Of the whole queue.</param>
    public bool IsNoisy(FairGroup group, int inFlight) =>
        (group.InFlight >= options.NoisyInFlightMin && IsOverShare(group.InFlight, inFlight)) || TakesTime(group.Id);

    /// <summary>The ready entry of a quiet group that was sent first.</summary>
    public Entry? FirstQuiet(int inFlight) => FirstQuiet(0, inFlight);

    /// <summary>Of the groups with ready entries the one with the fewest messages in flight.</summary>
    /// <remarks>To be asked when all of them are noisy: it looks at each.</remarks>
    public FairGroup? FewestInFlight()
    {
        FairGroup? best = null;
        foreach (var group in _heads.Items)
        {
            var isBetter = best is null || group.InFlight < best.InFlight
                || (group.InFlight == best.InFlight && FairGroup.ByHead.Before(group, best));
            if (isBetter) best = group;
        }

        return best;
    }

    public void Clear()
    {
        _groups.Clear();
        _heads.Clear();
        Processing.Clear();
        ReadyCount = 0;
    }

    // The first one of a heap is the first of all below it, so only below noisy ones there is anything to look for.
    private Entry? FirstQuiet(int index, int inFlight)
    {
        if (index >= _heads.Count) return null;
        var group = _heads.Items[index];
        if (!IsNoisy(group, inFlight)) return group.Ready.First;
        var left = FirstQuiet((2 * index) + 1, inFlight);
        var right = FirstQuiet((2 * index) + 2, inFlight);
        return right is null || left?.Sequence < right.Sequence ? left : right;
    }

    private bool TakesTime(string groupId)
    {
        if (Processing.TotalMs < options.NoisyProcessingMsMin) return false;
        var ms = Processing.Of(groupId);
        return ms >= options.NoisyProcessingMsMin && IsOverShare(ms, Processing.TotalMs);
    }

    private bool IsOverShare(long part, long all) => part * 100 > all * options.NoisySharePercent;

    private FairGroup Join(Entry entry)
    {
        var id = entry.Message.GroupId!;
        if (!_groups.TryGetValue(id, out var group)) _groups.Add(id, group = new FairGroup(id));
        entry.Fair = group;
        return group;
    }

    private void Leave(Entry entry)
    {
        if (entry.Fair!.IsEmpty) _groups.Remove(entry.Fair.Id);
        entry.Fair = null;
    }
}
