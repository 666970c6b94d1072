using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>The groups of a standard queue that have messages in memory, and which of them are noisy.</summary>
// Amazon SQS calls a tenant noisy that has more than a tenth of the messages in flight and at least 30 of them, or more
// than a tenth of the recent processing time; and it stays so until its backlog is gone or it is silent for 5 minutes.
// So the noisy ones are few (18 by their shares, NoisyMarks.Max by what was), and looking past them is cheap.
// Invariants
// 1. A group is here while it has an entry that is ready or in flight; it is in _heads while it has a ready one.
// 2. What is stored are processing times and marks: the rest follows from the entries.
internal sealed class FairGroups(EngineOptions options)
{
    private readonly Dictionary<string, FairGroup> _groups = new(StringComparer.Ordinal);
    private readonly IndexedHeap<FairGroup, FairGroup.ByHead> _heads = new();

    public ProcessingTime Processing { get; } = new();

    public NoisyMarks Marks { get; } = new();

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

    public int InFlightOf(string groupId) => _groups.TryGetValue(groupId, out var group) ? group.InFlight : 0;

    /// <summary>True when a group's share of the queue's messages in flight, or of its time, is too large.</summary>
    public bool IsOverShare(string groupId, int inFlight)
    {
        var own = InFlightOf(groupId);
        return (own >= options.NoisyInFlightMin && IsOver(own, inFlight)) || TakesTime(groupId);
    }

    /// <summary>The ready entry of a quiet group that was sent first.</summary>
    public Entry? FirstQuiet(Func<string, bool> isNoisy) => _heads.Count == 0 ? null : FirstQuiet(0, isNoisy);

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
        Marks.Clear();
        ReadyCount = 0;
    }

    // The first one of a heap is the first of all below it, so only below noisy ones there is anything to look for.
    private Entry? FirstQuiet(int index, Func<string, bool> isNoisy)
    {
        if (index >= _heads.Count) return null;
        var group = _heads.Items[index];
        if (!isNoisy(group.Id)) return group.Ready.First;
        var left = FirstQuiet((2 * index) + 1, isNoisy);
        var right = FirstQuiet((2 * index) + 2, isNoisy);
        return right is null || left?.Sequence < right.Sequence ? left : right;
    }

    private bool TakesTime(string groupId)
    {
        if (Processing.TotalMs < options.NoisyProcessingMsMin) return false;
        var ms = Processing.Of(groupId);
        return ms >= options.NoisyProcessingMsMin && IsOver(ms, Processing.TotalMs);
    }

    private bool IsOver(long part, long all) => part * 100 > all * options.NoisySharePercent;

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
