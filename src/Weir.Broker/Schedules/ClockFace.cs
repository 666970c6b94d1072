using Weir.Engine.State;

namespace Weir.Broker.Schedules;

/// <summary>What is due when: the next is found without looking at the others. Belongs to the clock's lock.</summary>
internal sealed class ClockFace
{
    private readonly Dictionary<DueKey, ClockEntry> _entries = [];
    private readonly IndexedHeap<ClockEntry, ClockEntry.Order> _heap = new();

    public long? FirstUnixMs => _heap.First?.AtUnixMs;

    public int Count => _heap.Count;

    public void Set(DueKey key, long atUnixMs)
    {
        if (_entries.TryGetValue(key, out var present))
        {
            present.AtUnixMs = atUnixMs;
            _heap.Moved(present);
            return;
        }

        var entry = new ClockEntry(key, atUnixMs);
        _entries.Add(key, entry);
        _heap.Add(entry);
    }

    public void Remove(DueKey key)
    {
        if (_entries.Remove(key, out var entry)) _heap.Remove(entry);
    }

    /// <summary>Takes off what is due by now, the earliest first.</summary>
    public List<DueKey> Take(long nowUnixMs, int countMax)
    {
        var taken = new List<DueKey>();
        while (taken.Count < countMax && _heap.First is { } first && first.AtUnixMs <= nowUnixMs)
        {
            taken.Add(first.Key);
            Remove(first.Key);
        }

        return taken;
    }
}
