using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>A queue that gives its visible messages in the order of sending, each for itself.</summary>
// Ready entries are in one of two places: those that were ready from the start are found by a cursor that runs once
// down the list of all entries; those that became visible later (after a delay or a lease) are in a heap by sequence.
// Fair order between message groups will be a third way to choose among the ready ones; it belongs in PeekReady.
internal sealed class StandardQueue(long id, QueueName name, ShardState state) : Queue(id, name, state)
{
    private readonly IndexedHeap<Entry, Entry.BySequence> _returned = new();
    private Entry? _cursor;

    public override bool HasReady => PeekReady() is not null;

    public Entry? PeekReady()
    {
        var returned = _returned.First;
        if (_cursor is null) return returned;
        return returned is null || _cursor.Sequence < returned.Sequence ? _cursor : returned;
    }

    public override void Clear()
    {
        base.Clear();
        _returned.Clear();
        _cursor = null;
    }

    protected override void OnReady(Entry entry)
    {
        // A new entry is the newest of all; when the cursor stands at the end, it has come to it.
        if (entry.ReceiveCount == 0 && IsNewest(entry) && entry.VisibleUnixMs == 0) _cursor ??= entry;
        else _returned.Add(entry);
    }

    protected override void OnUnready(Entry entry)
    {
        if (entry.HeapIndex != -1) _returned.Remove(entry);
        else if (ReferenceEquals(entry, _cursor)) _cursor = NextFresh(entry);
    }

    private static Entry? NextFresh(Entry entry)
    {
        var next = entry.Next;
        while (next is not null && (next.State != EntryState.Ready || next.HeapIndex != -1)) next = next.Next;
        return next;
    }
}
