using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>A queue that keeps order within each message group and remembers deduplication ids.</summary>
// Invariants
// 1. _ready holds exactly the groups that are eligible (MessageGroup.IsEligible), keyed by their first message.
//    Whatever changes a group's head, that head's state, or its number in flight ends in Refresh.
// 2. The oldest messages, up to WindowMax, have entries and are in groups; those behind them wait in the backlog. It is
//    empty unless the window is full. Amazon SQS looks for available groups in as many.
internal sealed class FifoQueue(long id, QueueName name, ShardState state) : Queue(id, name, state)
{
    private readonly Dictionary<string, MessageGroup> _groups = new(StringComparer.Ordinal);
    private readonly IndexedHeap<MessageGroup, MessageGroup.ByHead> _ready = new();

    public DedupWindow Dedup { get; } = new();

    public ReceiveAttempts Attempts { get; } = new();

    public override bool HasReady => _ready.Count > 0;

    /// <summary>A message that expires may end its group's wait, or let another into the window.</summary>
    public override long? NextVisibleUnixMs =>
        base.NextVisibleUnixMs is { } visible && NextExpiryUnixMs is { } expiry
            ? Math.Min(visible, expiry)
            : base.NextVisibleUnixMs ?? NextExpiryUnixMs;

    private int WindowMax => State.Options.InFlightMax;

    // All that is still delayed is in memory (Backlog.NextRun), and what is behind the window is rarely delayed at all.
    protected override int DelayedInBacklog
    {
        get
        {
            var delayed = 0;
            if (Config.Delay == TimeSpan.Zero) return delayed;
            for (var i = 0; i < Backlog.HotCount; i++)
            {
                if (Backlog.Hot(i).VisibleUnixMs > State.NowUnixMs) delayed++;
            }

            return delayed;
        }
    }

    /// <summary>The group whose turn it is.</summary>
    public MessageGroup? PeekReady() => _ready.First;

    public override bool TryPeekReady(out Message message)
    {
        message = _ready.First?.Head!.Message ?? default;
        return _ready.Count > 0;
    }

    /// <summary>What a deduplication id is looked up under, whose scope is its group or the whole queue.</summary>
    public UInt128 DedupKey(string groupId, string id) => DedupWindow.KeyOf(
        Config.DeduplicationScope == DeduplicationScope.MessageGroup ? groupId : null, id);

    /// <summary>For five minutes, what is sent under the id is the message that was sent first.</summary>
    public void Remember(string groupId, string id, Guid messageId, long sequence) => Dedup.Add(new Duplicate(
        DedupKey(groupId, id), messageId, sequence, State.NowUnixMs + DedupWindow.WindowMs));

    /// <summary>A FIFO queue has one delay for all: a change reaches the messages that still wait, too.</summary>
    public override void Configure(QueueConfig config)
    {
        var delayChanged = config.Delay != Config.Delay;
        base.Configure(config);
        if (!delayChanged) return;
        var delayMs = (long)config.Delay.TotalMilliseconds;
        foreach (var entry in Entries.Where(entry => entry.State == EntryState.Delayed).ToArray())
            Reschedule(entry, ModifiedUnixMs, entry.Message.SentUnixMs + delayMs);
        for (var i = 0; i < Backlog.HotCount; i++)
        {
            var message = Backlog.Hot(i);
            if (message.VisibleUnixMs <= State.NowUnixMs) continue;
            message.VisibleUnixMs = message.SentUnixMs + delayMs;
            Backlog.SetHot(i, message);
        }
    }

    public void Remember(ReceiveAttempt attempt)
    {
        if (Attempts.Find(attempt.Id) is { } before) Forget(before);
        Attempts.Add(attempt);
        foreach (var (sequence, receiveCount) in attempt.Leases)
        {
            if (Find(sequence) is not { State: EntryState.Leased } entry || entry.ReceiveCount != receiveCount)
                continue;
            Touch(entry);
            entry.Attempt = attempt;
        }
    }

    public override void Spend(Entry entry)
    {
        if (entry.Attempt is { } attempt) Forget(attempt);
    }

    public override void AdvanceTo(long nowUnixMs)
    {
        base.AdvanceTo(nowUnixMs);
        Dedup.Advance(nowUnixMs);
    }

    public override void Clear()
    {
        base.Clear();
        Attempts.Clear();
        _groups.Clear();
        _ready.Clear();
    }

    protected override void Place(in Message message)
    {
        if (Backlog.Count > 0 || EntryCount >= WindowMax) Append(message);
        else Insert(message);
    }

    // The window was larger when the log was written.
    protected override Entry? BringForward(long sequence)
    {
        while (Backlog.Count > 0 && Backlog.First.Sequence <= sequence) Insert(Backlog.PopFirst());
        return Find(sequence)
            ?? throw new StateCorruptException($"a record names message {sequence} of queue {Id}, not there");
    }

    protected override void OnAdded(Entry entry)
    {
        var groupId = entry.Message.GroupId ?? throw new StateCorruptException($"a message without a group in {Name}");
        if (!_groups.TryGetValue(groupId, out var group)) _groups.Add(groupId, group = new MessageGroup(groupId));
        group.Append(entry);
    }

    protected override void OnReady(Entry entry) => Refresh(entry.Group!);

    protected override void OnUnready(Entry entry)
    {
        // The entry is still counted as ready here; taking its group out suffices, since what follows refreshes it.
        var group = entry.Group!;
        if (group.HeapIndex != -1) _ready.Remove(group);
    }

    protected override void OnInFlight(Entry entry, bool began)
    {
        var group = entry.Group!;
        group.InFlight += began ? 1 : -1;
        Refresh(group);
    }

    protected override void OnRemoved(Entry entry)
    {
        var group = entry.Group!;
        if (group.HeapIndex != -1) _ready.Remove(group);
        group.Remove(entry);
        if (group.Head is null) _groups.Remove(group.Id);
        else Refresh(group);
        if (Backlog.Count > 0 && EntryCount < WindowMax) Insert(Backlog.PopFirst());
    }

    private void Forget(ReceiveAttempt attempt)
    {
        foreach (var (sequence, _) in attempt.Leases)
        {
            if (Find(sequence) is not { } entry || !ReferenceEquals(entry.Attempt, attempt)) continue;
            Touch(entry);
            entry.Attempt = null;
        }

        Attempts.Forget(attempt);
    }

    private void Refresh(MessageGroup group)
    {
        if (group.HeapIndex != -1) _ready.Remove(group);
        if (group.IsEligible) _ready.Add(group);
    }
}
