using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>A queue that keeps order within each message group and remembers deduplication ids.</summary>
// Invariant: _ready holds exactly the groups that are eligible (MessageGroup.IsEligible), keyed by their first message.
// Whatever changes a group's head, that head's state, or its number in flight ends in Refresh.
internal sealed class FifoQueue(long id, QueueName name, ShardState state) : Queue(id, name, state)
{
    private readonly Dictionary<string, MessageGroup> _groups = new(StringComparer.Ordinal);
    private readonly IndexedHeap<MessageGroup, MessageGroup.ByHead> _ready = new();

    public DedupWindow Dedup { get; } = new();

    public ReceiveAttempts Attempts { get; } = new();

    public override bool HasReady => _ready.Count > 0;

    /// <summary>The group whose turn it is.</summary>
    public MessageGroup? PeekReady() => _ready.First;

    /// <summary>
    /// What a deduplication id is looked up under: its group, or null when the whole queue is the scope.
    /// </summary>
    public string? DedupGroup(string groupId) =>
        Config.DeduplicationScope == DeduplicationScope.MessageGroup ? groupId : null;

    /// <summary>A FIFO queue has one delay for all: a change reaches the messages that still wait, too.</summary>
    public override void Configure(QueueConfig config)
    {
        var delayChanged = config.Delay != Config.Delay;
        base.Configure(config);
        if (!delayChanged) return;
        for (var entry = First; entry is not null; entry = entry.Next)
        {
            if (entry.State == EntryState.Delayed)
                Reschedule(entry, ModifiedUnixMs, entry.SentUnixMs + (long)config.Delay.TotalMilliseconds);
        }
    }

    public void Remember(ReceiveAttempt attempt)
    {
        Attempts.Add(attempt);
        foreach (var (sequence, receiveCount) in attempt.Leases)
        {
            if (Find(sequence) is { } entry && entry.ReceiveCount == receiveCount) entry.Attempt = attempt;
        }
    }

    public override void Advance(long nowUnixMs)
    {
        base.Advance(nowUnixMs);
        Dedup.Advance(nowUnixMs);
        Attempts.Advance(nowUnixMs);
    }

    public override void Clear()
    {
        base.Clear();
        _groups.Clear();
        _ready.Clear();
    }

    protected override void OnAdded(Entry entry)
    {
        var groupId = entry.GroupId ?? throw new StateCorruptException($"a message without a group in {Name}");
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
    }

    private void Refresh(MessageGroup group)
    {
        if (group.HeapIndex != -1) _ready.Remove(group);
        if (group.IsEligible) _ready.Add(group);
    }
}
