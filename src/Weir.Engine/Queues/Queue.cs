using System.Collections.Immutable;
using Weir.Engine.Accounts;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>
/// A queue's state: competing consumers over leases. Only records change it (through <see cref="Records"/>), and time
/// (through <see cref="Advance"/>).
/// </summary>
// Invariants
// 1. A message is in the backlog, or it has an entry; every entry is in _entries and in _byAge.
// 2. Delayed and leased entries, and no others, are in _timers.
// 3. Advance depends on nothing but the state and the time, and going to t2 by way of t1 is the same as going there
//    at once; so lease expiry, delays, retention and dedup windows need no records, and replay agrees with live.
// 4. Whatever changes a queue comes through Advance first, so a checkpoint under way sees the queue before its change;
//    and through Touch before it changes an entry, since entries are copied for the checkpoint a few at a time.
internal abstract class Queue(long id, QueueName name, ShardState state)
{
    private readonly Dictionary<long, Entry> _entries = [];
    private readonly IndexedHeap<Entry, Entry.ByVisibility> _timers = new();
    private readonly IndexedHeap<Entry, Entry.ByAge> _byAge = new();
    private QueueCut? _cut;
    private HashSet<long>? _watched;
    private long _entryBytes;
    private int _leasedByBroker;
    private (long Messages, long Bytes, long InFlight) _tallied;
    private QueueTraffic? _traffic;

    public long Id { get; } = id;

    public QueueName Name { get; } = name;

    /// <summary>What its account has, in which it is counted.</summary>
    public AccountUse Use { get; } = state.UseOf(name.IsWeirs ? "" : name.Account);

    public QueueConfig Config { get; private set; } = QueueConfig.Standard;

    public ImmutableSortedDictionary<string, string> Tags { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public long CreatedUnixMs { get; set; }

    public long ModifiedUnixMs { get; set; }

    public long Revision { get; set; }

    public long? PurgedUnixMs { get; set; }

    public long NextSequence { get; set; } = 1;

    public int InFlight { get; private set; }

    public FlowState Flow { get; } = new();

    /// <summary>Of all messages' contents, as they are stored.</summary>
    public long ContentBytes => _entryBytes + Backlog.ContentBytes;

    public Backlog Backlog { get; } = new(state);

    public Departures Departures { get; } = new(state.Options.DeparturesMax);

    /// <summary>The number of the last checkpoint that has this queue.</summary>
    public int CutNumber { get; private set; } = state.CutNumber;

    public long Count => _entries.Count + Backlog.Count;

    public int EntryCount => _entries.Count;

    public IReadOnlyCollection<Entry> Entries => _entries.Values;

    /// <summary>The same entries, in no order, until the next change.</summary>
    public ReadOnlySpan<Entry> EntriesByAge => _byAge.Items;

    /// <summary>What waiting receivers need to know of this queue; no part of the durable state.</summary>
    public QueueWatch? Watch { get; set; }

    public QueueCounters Counters
    {
        get
        {
            var delayed = DelayedEntries + DelayedInBacklog;
            return new QueueCounters(Count - InFlight - delayed, InFlight, delayed);
        }
    }

    /// <summary>Where to count what happens; null while a log is replayed, which counts nothing.</summary>
    public QueueTraffic? Traffic => State.IsLive ? _traffic ??= new QueueTraffic() : null;

    public QueueTotals Totals => (_traffic?.Totals ?? default) with { Refused = Flow.Refused };

    public DwellTimes? Dwell => _traffic?.Dwell;

    /// <summary>When the oldest message was sent, whatever its state.</summary>
    public long? OldestSentUnixMs
    {
        get
        {
            var entry = _byAge.First?.Message.SentUnixMs;
            if (Backlog.Count == 0) return entry;
            var waiting = Backlog.First.SentUnixMs;
            return entry < waiting ? entry : waiting;
        }
    }

    /// <summary>True when a receive would find a message now.</summary>
    public abstract bool HasReady { get; }

    /// <summary>When the next delayed or leased message becomes visible.</summary>
    public virtual long? NextVisibleUnixMs => _timers.First?.VisibleUnixMs;

    /// <summary>When the oldest entry is dropped.</summary>
    protected long? NextExpiryUnixMs =>
        _byAge.First is { } oldest ? oldest.Message.SentUnixMs + (long)Config.Retention.TotalMilliseconds : null;

    protected int DelayedEntries { get; private set; }

    protected virtual int DelayedInBacklog => 0;

    protected ShardState State { get; } = state;

    public Entry? Find(long sequence) => _entries.GetValueOrDefault(sequence);

    /// <summary>The message that a receive would lease next.</summary>
    public abstract bool TryPeekReady(out Message message);

    public virtual void Configure(QueueConfig config)
    {
        Config = config;
        Changed();
    }

    /// <summary>When a message that is sent now expires that has no time to live of its own; 0 for never.</summary>
    public long ExpiryOf(long nowUnixMs) =>
        Config.Flow.MessageTtl is { } ttl ? nowUnixMs + (long)ttl.TotalMilliseconds : 0;

    /// <summary>Sets when a message in memory expires.</summary>
    public void SetExpiry(long sequence, long unixMs)
    {
        if (Find(sequence) is { } entry)
        {
            Touch(entry);
            entry.Message.ExpiresUnixMs = unixMs;
            return;
        }

        var index = Backlog.FindHot(sequence);
        if (index < 0) throw new StateCorruptException($"message {sequence} of queue {Id} expires and is not there");
        var message = Backlog.Hot(index);
        message.ExpiresUnixMs = unixMs;
        Backlog.SetHot(index, message);
    }

    /// <summary>The limit that so much more would exceed; null when there is room.</summary>
    public FlowHold? LimitReached(long messages, long bytes)
    {
        var flow = Config.Flow;
        if (flow.MessagesMax is { } most && Count + messages > most)
            return new FlowHold(FlowLimit.MaxMessages, most, Count, Flow.FullUnixMs);
        return flow.BytesMax is { } bytesMax && ContentBytes + bytes > bytesMax
            ? new FlowHold(FlowLimit.MaxBytes, bytesMax, ContentBytes, Flow.FullUnixMs)
            : null;
    }

    /// <summary>How many more messages may be delivered now by the queue's own limits.</summary>
    public int DeliveryRoom(long nowUnixMs)
    {
        var flow = Config.Flow;
        if (flow == FlowConfig.None) return int.MaxValue;
        if (flow.IsDeliveryPaused) return 0;
        var room = flow.DeliveryConcurrency is { } most ? Math.Max(0L, most - InFlight) : int.MaxValue;
        return (int)(flow.DeliveryRate is { } rate ? Math.Min(room, Flow.RoomAt(nowUnixMs, rate)) : room);
    }

    /// <summary>What holds up deliveries, if anything does.</summary>
    public FlowHold? DeliveryHold(long nowUnixMs)
    {
        if (!HasReady || DeliveryRoom(nowUnixMs) > 0) return null;
        var flow = Config.Flow;
        if (flow.IsDeliveryPaused) return new FlowHold(FlowLimit.DeliveryPaused, 0, Count - InFlight, ModifiedUnixMs);
        return flow.DeliveryConcurrency is { } most && InFlight >= most
            ? new FlowHold(FlowLimit.DeliveryConcurrency, most, InFlight, null)
            : new FlowHold(FlowLimit.DeliveryRate, flow.DeliveryRate ?? 0, flow.DeliveryRate ?? 0, null);
    }

    /// <summary>Brings the queue to a time: what is due becomes visible, what is too old goes.</summary>
    public void Advance(long nowUnixMs)
    {
        State.Cut?.Cover(this);
        AdvanceTo(nowUnixMs);
    }

    /// <summary>As <see cref="Advance"/>, for the checkpoint that is about to see the queue.</summary>
    public virtual void AdvanceTo(long nowUnixMs)
    {
        var oldest = nowUnixMs - (long)Config.Retention.TotalMilliseconds;
        var waiting = Backlog.Count;
        Backlog.Trim(oldest, Departures);
        if (Backlog.Count != waiting)
        {
            Traffic?.Expired += waiting - Backlog.Count;
            NoteThoseThatLeft();
        }

        while (_timers.First is { } due && due.VisibleUnixMs <= nowUnixMs) BecomeReady(due);
        while (_byAge.First is { } old && old.Message.SentUnixMs <= oldest)
        {
            Departures.Add(new Departure(old.Sequence, DepartureKind.Expired, 0, 0));
            Traffic?.Expired += 1;
            Remove(old);
        }

        Tally();
    }

    /// <summary>The queue as it is now, for a checkpoint; what becomes of its entries later does not show.</summary>
    public QueueCut TakeCut(int number, CutBuffer buffer)
    {
        CutNumber = number;
        return _cut = new QueueCut(this, buffer);
    }

    /// <summary>The checkpoint has all of the queue.</summary>
    public void EndCut(QueueCut cut)
    {
        if (ReferenceEquals(_cut, cut)) _cut = null;
    }

    /// <summary>A message comes into the queue, as its newest.</summary>
    public void Add(in Message message)
    {
        if (message.Sequence < NextSequence)
        {
            throw new StateCorruptException(
                $"message {message.Sequence} of queue {Name} comes after {NextSequence - 1}");
        }

        NextSequence = message.Sequence + 1;
        State.Live.Add(message.Payload);
        Place(message);
        Tally();
        Changed();
    }

    /// <summary>For reading a checkpoint: an entry as it was.</summary>
    public void Restore(Entry entry)
    {
        State.Live.Add(entry.Message.Payload);
        Insert(entry);
    }

    public void Remove(Entry entry)
    {
        if (entry.State == EntryState.Ready) OnUnready(entry);
        else StopTimer(entry);
        Spend(entry);
        _byAge.Remove(entry);
        _entries.Remove(entry.Sequence);
        _entryBytes -= entry.Message.Payload.Length;
        State.Live.Release(entry.Message.Payload);
        OnRemoved(entry);
        NoteLeft(entry.Sequence);
        Tally();
        Changed();
    }

    /// <summary>Takes a message out, wherever a receive might find it.</summary>
    public Message Take(long sequence)
    {
        if ((Find(sequence) ?? BringForward(sequence)) is { } entry)
        {
            Remove(entry);
            return entry.Message;
        }

        var message = PopBacklog(sequence);
        State.Live.Release(message.Payload);
        NoteLeft(sequence);
        Tally();
        Changed();
        return message;
    }

    /// <param name="byBroker">The broker leases it for itself.</param>
    public void Lease(long sequence, long nowUnixMs, long visibleUnixMs, bool byBroker)
    {
        if ((Find(sequence) ?? BringForward(sequence)) is not { } entry)
        {
            entry = new Entry(PopBacklog(sequence)) { CutNumber = CutNumber };
            _entries.Add(sequence, entry);
            _entryBytes += entry.Message.Payload.Length;
            _byAge.Add(entry);
        }
        else if (entry.State == EntryState.Ready)
        {
            OnUnready(entry);
        }
        else
        {
            throw new StateCorruptException($"message {sequence} of queue {Id} is not visible and yet leased");
        }

        Touch(entry);
        entry.State = EntryState.Leased;
        entry.IsLeasedByBroker = byBroker;
        Traffic?.Received += 1;
        if (++entry.Message.ReceiveCount == 1 || entry.Message.FirstReceivedUnixMs == 0)
        {
            entry.Message.FirstReceivedUnixMs = nowUnixMs;
            CountDwell(nowUnixMs - entry.Message.SentUnixMs);
        }

        entry.LeasedUnixMs = nowUnixMs;
        entry.Message.VisibleUnixMs = visibleUnixMs;
        if (Config.Flow.DeliveryRate is { } perSecond) Flow.Pace(nowUnixMs, perSecond);
        StartTimer(entry);
        OnLeased(entry);
        Tally();
    }

    /// <summary>Moves the end of a lease, or of a delay.</summary>
    public void Reschedule(Entry entry, long nowUnixMs, long visibleUnixMs)
    {
        Touch(entry);
        entry.Message.VisibleUnixMs = visibleUnixMs;
        if (visibleUnixMs <= nowUnixMs) BecomeReady(entry);
        else _timers.Moved(entry);
        Tally();
        Changed();
    }

    /// <summary>Brings what the account has up to date; to be called after each change of what is counted.</summary>
    public void Tally()
    {
        var present = (Messages: Count, Bytes: ContentBytes, InFlight: (long)(InFlight - _leasedByBroker));
        if (present == _tallied) return;
        var before = _tallied;
        _tallied = present;
        Use.Add(
            present.Messages - before.Messages, present.Bytes - before.Bytes, present.InFlight - before.InFlight);
    }

    /// <summary>The receive that leased the entry cannot be repeated any more.</summary>
    public virtual void Spend(Entry entry)
    {
    }

    /// <summary>Where the content of a message lies that is in memory; null when it is gone.</summary>
    public PayloadRef? FindPayload(long sequence)
    {
        if (Find(sequence) is { } entry) return entry.Message.Payload;
        var index = Backlog.FindHot(sequence);
        return index < 0 ? null : Backlog.Hot(index).Payload;
    }

    /// <summary>The message's content lies elsewhere in the log from now on.</summary>
    public void Relocate(long sequence, PayloadRef payload)
    {
        PayloadRef before;
        if (Find(sequence) is { } entry)
        {
            Touch(entry);
            (before, entry.Message.Payload) = (entry.Message.Payload, payload);
        }
        else
        {
            var index = Backlog.FindHot(sequence);
            if (index < 0) throw new StateCorruptException($"message {sequence} of queue {Id} is moved and not there");
            var message = Backlog.Hot(index);
            (before, message.Payload) = (message.Payload, payload);
            Backlog.SetHot(index, message);
        }

        State.Live.Add(payload);
        State.Live.Release(before);
    }

    /// <summary>
    /// The oldest messages of the backlog's tail are a run from now on. A log that was written under other options may
    /// name messages that are elsewhere in memory here: they stay where they are, and what is done with them is the
    /// same.
    /// </summary>
    public void Store(Run run)
    {
        if (!Backlog.TryStore(run)) RequireAll(RunBlock.Read(run, State.ReadLog));
    }

    /// <summary>A run lies elsewhere in the log from now on.</summary>
    public void Relocate(Run run)
    {
        if (Backlog.TryRelocate(run)) return;
        var messages = RunBlock.Read(run, State.ReadLog);
        RequireAll(messages);
        foreach (ref readonly var message in messages.AsSpan()) Relocate(message.Sequence, message.Payload);
    }

    /// <summary>Removes all messages, and remembers of the latest that they were not deleted one by one.</summary>
    public void Purge()
    {
        foreach (var sequence in _entries.Keys)
            Departures.Add(new Departure(sequence, DepartureKind.Purged, 0, 0));
        Backlog.NotePurge(Departures);
        Clear();
    }

    /// <summary>Removes all messages at once, which is far cheaper than one by one.</summary>
    public virtual void Clear()
    {
        foreach (var entry in _entries.Values) State.Live.Release(entry.Message.Payload);
        _entries.Clear();
        _timers.Clear();
        _byAge.Clear();
        Backlog.Clear();
        InFlight = DelayedEntries = _leasedByBroker = 0;
        NoteThoseThatLeft();
        _entryBytes = 0;
        Tally();
        Changed();
    }

    /// <summary>Notes once when the message leaves, whichever way; no part of the durable state.</summary>
    /// <returns>False: it is not here.</returns>
    public bool WatchMessage(long sequence)
    {
        if (!Contains(sequence)) return false;
        (_watched ??= []).Add(sequence);
        return true;
    }

    public void UnwatchMessage(long sequence)
    {
        _watched?.Remove(sequence);
        if (_watched?.Count == 0) _watched = null;
    }

    /// <summary>
    /// Something happened that may give a waiting receiver a message, or a sooner time to look again.
    /// </summary>
    public void Changed()
    {
        if (Watch is { HasChanged: false } watch) State.Changed(watch);
    }

    /// <summary>To be called before a field of an entry changes.</summary>
    protected void Touch(Entry entry)
    {
        if (_cut is null || entry.CutNumber == CutNumber) return;
        _cut.Add(entry);
    }

    /// <summary>Puts a new message where its kind of queue keeps it.</summary>
    protected abstract void Place(in Message message);

    /// <summary>Gives a message of the backlog its entry, in a queue where it needs one to be received.</summary>
    protected virtual Entry? BringForward(long sequence) => null;

    /// <summary>Gives a message an entry: delayed until its time, else ready.</summary>
    protected void Insert(in Message message) => Insert(new Entry(message)
    {
        State = message.VisibleUnixMs > State.NowUnixMs ? EntryState.Delayed : EntryState.Ready,
    });

    protected void Append(in Message message)
    {
        Backlog.Append(message);
        State.SpillIfDue(this);
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

    /// <summary>A record leased the entry; not called when a checkpoint is read.</summary>
    protected virtual void OnLeased(Entry entry)
    {
    }

    private void Insert(Entry entry)
    {
        entry.CutNumber = CutNumber;
        if (!_entries.TryAdd(entry.Sequence, entry))
            throw new StateCorruptException($"message {entry.Sequence} of queue {Id} is there twice");
        _entryBytes += entry.Message.Payload.Length;
        _byAge.Add(entry);
        OnAdded(entry);
        if (entry.State == EntryState.Ready) OnReady(entry);
        else StartTimer(entry);
    }

    private void CountDwell(long ms)
    {
        if (Traffic is not { } traffic) return;
        if (!traffic.HasDwell && !State.TryAddDwellTimes()) return;
        traffic.Dwelt(ms);
    }

    private bool Contains(long sequence) => Find(sequence) is not null || Backlog.Contains(sequence);

    private void NoteLeft(long sequence)
    {
        if (_watched is null || !_watched.Contains(sequence)) return;
        UnwatchMessage(sequence);
        State.NoteLeft(new MessagePlace(Id, sequence));
    }

    /// <summary>Many left at once: looks which of those that are watched are among them.</summary>
    private void NoteThoseThatLeft()
    {
        if (_watched is null) return;
        foreach (var sequence in _watched.Where(sequence => !Contains(sequence)).ToArray()) NoteLeft(sequence);
    }

    private void RequireAll(Message[] messages)
    {
        foreach (ref readonly var message in messages.AsSpan())
        {
            if (FindPayload(message.Sequence) is null)
                throw new StateCorruptException($"a run names message {message.Sequence} of queue {Id}, not there");
        }
    }

    private Message PopBacklog(long sequence) =>
        Backlog.Count > 0 && Backlog.First.Sequence == sequence
            ? Backlog.PopFirst()
            : throw new StateCorruptException($"a record names message {sequence} of queue {Id}, not there");

    private void BecomeReady(Entry entry)
    {
        StopTimer(entry);
        Spend(entry);
        Touch(entry);
        entry.State = EntryState.Ready;
        entry.IsLeasedByBroker = false;
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
            if (entry.IsLeasedByBroker) _leasedByBroker++;
            OnInFlight(entry, began: true);
        }
        else
        {
            DelayedEntries++;
        }
    }

    private void StopTimer(Entry entry)
    {
        _timers.Remove(entry);
        if (entry.State == EntryState.Leased)
        {
            InFlight--;
            if (entry.IsLeasedByBroker) _leasedByBroker--;
            OnInFlight(entry, began: false);
        }
        else
        {
            DelayedEntries--;
        }
    }
}
