using System.Collections.Immutable;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>
/// A queue's state: competing consumers over leases. Only records change it (through <see cref="Records"/>), and time
/// (through <see cref="Advance"/>).
/// </summary>
// Invariants
// 1. Every entry is in _entries and in the list from _first to _last, which rises by sequence.
// 2. Delayed and leased entries, and no others, are in _timers.
// 3. Advance depends on nothing but the state and the time, and going to t2 by way of t1 is the same as going there
//    at once; so lease expiry, delays, retention and dedup windows need no records, and replay agrees with live.
// 4. _foreign holds the entries whose sending time is older than that of any entry before them; for all others the list
//    is also the order of age.
internal abstract class Queue(long id, QueueName name, ShardState state)
{
    private readonly Dictionary<long, Entry> _entries = [];
    private readonly IndexedHeap<Entry, Entry.ByVisibility> _timers = new();
    private readonly IndexedHeap<Entry, Entry.ByAge> _foreign = new();
    private Entry? _last;
    private long _newestSentUnixMs = long.MinValue;

    public long Id { get; } = id;

    public QueueName Name { get; } = name;

    public QueueConfig Config { get; private set; } = QueueConfig.Standard;

    public ImmutableSortedDictionary<string, string> Tags { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public long CreatedUnixMs { get; set; }

    public long ModifiedUnixMs { get; set; }

    public long Revision { get; set; }

    public long? PurgedUnixMs { get; set; }

    public long NextSequence { get; set; } = 1;

    public int InFlight { get; private set; }

    public int Delayed { get; private set; }

    public int Count => _entries.Count;

    public Entry? First { get; private set; }

    /// <summary>What waiting receivers need to know of this queue; no part of the durable state.</summary>
    public QueueWatch? Watch { get; set; }

    public QueueCounters Counters => new(Count - InFlight - Delayed, InFlight, Delayed);

    /// <summary>True when a receive would find a message now.</summary>
    public abstract bool HasReady { get; }

    /// <summary>When the next delayed or leased message becomes visible.</summary>
    public long? NextVisibleUnixMs => _timers.First?.VisibleUnixMs;

    protected bool IsNewest(Entry entry) => ReferenceEquals(entry, _last);

    public Entry? Find(long sequence) => _entries.GetValueOrDefault(sequence);

    public virtual void Configure(QueueConfig config) => Config = config;

    /// <summary>Brings the queue to a time: what is due becomes visible, what is too old goes.</summary>
    public virtual void Advance(long nowUnixMs)
    {
        while (_timers.First is { } due && due.VisibleUnixMs <= nowUnixMs) BecomeReady(due);

        var oldest = nowUnixMs - (long)Config.Retention.TotalMilliseconds;
        while (_foreign.First is { } foreign && foreign.SentUnixMs <= oldest) Remove(foreign);
        while (First is { } first && first.SentUnixMs <= oldest) Remove(first);
    }

    public void Add(Entry entry)
    {
        if (_last is { } last && last.Sequence >= entry.Sequence)
            throw new StateCorruptException($"message {entry.Sequence} of queue {Name} comes after {last.Sequence}");
        _entries.Add(entry.Sequence, entry);
        entry.Previous = _last;
        if (_last is null) First = entry;
        else _last.Next = entry;
        if (entry.SentUnixMs < _newestSentUnixMs) _foreign.Add(entry);
        else _newestSentUnixMs = entry.SentUnixMs;
        _last = entry;
        NextSequence = Math.Max(NextSequence, entry.Sequence + 1);
        state.Live.Add(entry.Payload);
        OnAdded(entry);
        if (entry.State == EntryState.Ready) OnReady(entry);
        else StartTimer(entry);
        Changed();
    }

    public void Remove(Entry entry)
    {
        if (entry.State == EntryState.Ready) OnUnready(entry);
        else StopTimer(entry);
        if (entry.AgeIndex != -1) _foreign.Remove(entry);
        OnRemoved(entry);
        if (entry.Previous is null) First = entry.Next;
        else entry.Previous.Next = entry.Next;
        if (entry.Next is null) _last = entry.Previous;
        else entry.Next.Previous = entry.Previous;
        entry.Previous = entry.Next = null;
        _entries.Remove(entry.Sequence);
        state.Live.Release(entry.Payload);
        Changed();
    }

    public void Lease(Entry entry, long nowUnixMs, long visibleUnixMs)
    {
        OnUnready(entry);
        entry.State = EntryState.Leased;
        entry.ReceiveCount++;
        if (entry.ReceiveCount == 1 || entry.FirstReceivedUnixMs == 0) entry.FirstReceivedUnixMs = nowUnixMs;
        entry.LeasedUnixMs = nowUnixMs;
        entry.Attempt = null;
        entry.VisibleUnixMs = visibleUnixMs;
        StartTimer(entry);
    }

    /// <summary>Moves the end of a lease, or of a delay.</summary>
    public void Reschedule(Entry entry, long nowUnixMs, long visibleUnixMs)
    {
        entry.VisibleUnixMs = visibleUnixMs;
        if (visibleUnixMs <= nowUnixMs) BecomeReady(entry);
        else _timers.Moved(entry);
        Changed();
    }

    /// <summary>Removes all messages at once, which is far cheaper than one by one.</summary>
    public virtual void Clear()
    {
        for (var entry = First; entry is not null; entry = entry.Next) state.Live.Release(entry.Payload);
        _entries.Clear();
        _timers.Clear();
        _foreign.Clear();
        First = _last = null;
        InFlight = Delayed = 0;
        Changed();
    }

    /// <summary>
    /// Something happened that may give a waiting receiver a message, or a sooner time to look again.
    /// </summary>
    public void Changed()
    {
        if (Watch is { HasChanged: false } watch) state.Changed(watch);
    }

    protected virtual void OnAdded(Entry entry)
    {
    }

    /// <summary>The entry may be received from now on.</summary>
    protected abstract void OnReady(Entry entry);

    /// <summary>The entry was ready, and is so no more: leased or removed.</summary>
    protected abstract void OnUnready(Entry entry);

    /// <summary>A lease began (true) or ended (false).</summary>
    protected virtual void OnInFlight(Entry entry, bool began)
    {
    }

    protected virtual void OnRemoved(Entry entry)
    {
    }

    private void BecomeReady(Entry entry)
    {
        StopTimer(entry);
        entry.State = EntryState.Ready;
        OnReady(entry);
        Changed();
    }

    private void StartTimer(Entry entry)
    {
        _timers.Add(entry);
        Changed();
        if (entry.State == EntryState.Leased)
        {
            InFlight++;
            OnInFlight(entry, began: true);
        }
        else
        {
            Delayed++;
        }
    }

    private void StopTimer(Entry entry)
    {
        _timers.Remove(entry);
        if (entry.State == EntryState.Leased)
        {
            InFlight--;
            OnInFlight(entry, began: false);
        }
        else
        {
            Delayed--;
        }
    }
}
