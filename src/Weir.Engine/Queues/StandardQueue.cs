using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>A queue that gives its visible messages in the order of sending, each for itself.</summary>
// What is ready is in one of two places: what was so from the start waits in the backlog; what became visible later
// (after a delay or a lease) is in a heap by sequence. The next one is the older of the two firsts.
// Fair order between message groups will be a third way to choose among the ready ones; it belongs in TryPeekReady.
internal sealed class StandardQueue(long id, QueueName name, ShardState state) : Queue(id, name, state)
{
    private readonly IndexedHeap<Entry, Entry.BySequence> _returned = new();

    public override bool HasReady => _returned.Count > 0 || Backlog.Count > 0;

    public override bool TryPeekReady(out Message message)
    {
        if (_returned.First is { } returned && (Backlog.Count == 0 || returned.Sequence < Backlog.First.Sequence))
        {
            message = returned.Message;
            return true;
        }

        message = Backlog.Count > 0 ? Backlog.First : default;
        return Backlog.Count > 0;
    }

    public override void Clear()
    {
        base.Clear();
        _returned.Clear();
    }

    // A dead letter keeps its sending time, so it may be older than those before it. As an entry it expires at its time
    // exactly; beyond a bound it goes to the backlog like all, and expires when those before it are gone.
    protected override void Place(in Message message)
    {
        var isOlder = Backlog.Count > 0 && message.SentUnixMs < Backlog.NewestSentUnixMs;
        if (message.VisibleUnixMs > State.NowUnixMs || (isOlder && EntryCount < State.Options.EntriesOutOfAgeMax))
            Insert(message);
        else
            Append(message);
    }

    protected override void OnReady(Entry entry) => _returned.Add(entry);

    protected override void OnUnready(Entry entry) => _returned.Remove(entry);
}
