using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>
/// A queue that gives its visible messages in the order of sending, each for itself, and those of noisy groups last.
/// </summary>
// What is ready is in one of three places: what was so from the start waits in the backlog; what became visible later
// (after a delay or a lease), came while others waited, or was passed over, has an entry, by its group or, without one,
// in a heap by sequence. The next one is the oldest of the firsts. While its group is noisy, it is the oldest of a
// quiet group instead, and what is noisy at the head of the backlog is passed over to find it.
internal sealed class StandardQueue : Queue
{
    private readonly IndexedHeap<Entry, Entry.BySequence> _ungrouped = new();
    private readonly Func<string, bool> _isNoisy;

    public StandardQueue(long id, QueueName name, ShardState state)
        : base(id, name, state)
    {
        Groups = new FairGroups(state.Options);
        _isNoisy = IsNoisy;
    }

    public FairGroups Groups { get; }

    public override bool HasReady => _ungrouped.Count > 0 || Groups.ReadyCount > 0 || Backlog.Count > 0;

    public override bool TryPeekReady(out Message message)
    {
        if (Older(_ungrouped.First, Groups.First) is { } entry
            && (Backlog.Count == 0 || entry.Sequence < Backlog.First.Sequence))
        {
            message = entry.Message;
            return true;
        }

        message = Backlog.Count > 0 ? Backlog.First : default;
        return Backlog.Count > 0;
    }

    /// <summary>The message that a receive takes next.</summary>
    /// <remarks>To be asked once <see cref="ToPassOver"/> has nothing more to say, or has said enough.</remarks>
    public bool TryChoose(out Message message)
    {
        if (!TryPeekReady(out message)) return false;
        if (!IsNoisy(message.GroupId)) return true;
        var hasQuietBacklog = Backlog.Count > 0 && !IsNoisy(Backlog.First.GroupId);
        if (Older(_ungrouped.First, Groups.FirstQuiet(_isNoisy)) is { } quiet)
        {
            message = hasQuietBacklog && Backlog.First.Sequence < quiet.Sequence ? Backlog.First : quiet.Message;
            return true;
        }

        if (hasQuietBacklog)
        {
            message = Backlog.First;
            return true;
        }

        message = FirstNoisy();
        return true;
    }

    /// <summary>
    /// The last message of a stretch of noisy groups' messages at the head of the backlog that should stand beside it;
    /// null when the head is another's, or there is no more room beside the backlog.
    /// </summary>
    public long? ToPassOver()
    {
        long? last = null;
        var room = Math.Min(Backlog.FrontCount, State.Options.PassedOverMax - Groups.ReadyCount);
        if (room <= 0 || !IsNoisy(Backlog.First.GroupId)) return last;
        if (Older(_ungrouped.First, Groups.FirstQuiet(_isNoisy))?.Sequence < Backlog.First.Sequence) return last;
        for (var i = 0; i < room && IsNoisy(Backlog.Hot(i).GroupId); i++) last = Backlog.Hot(i).Sequence;
        return last;
    }

    public void PassOver(long lastSequence)
    {
        while (Backlog.Count > 0 && Backlog.First.Sequence <= lastSequence) Insert(Backlog.PopFirst());
    }

    /// <summary>Of the groups that were found noisy when they were received from; the marks are few.</summary>
    public int NoisyGroupCount => Groups.Marks.All.Count(mark => IsNoisy(mark.Key));

    public bool IsNoisy(string? groupId)
    {
        if (groupId is null) return false;
        return Groups.IsOverShare(groupId, InFlight)
            || (Groups.Marks.TryGet(groupId, out var mark) && !IsQuietAgain(groupId, mark));
    }

    public override void AdvanceTo(long nowUnixMs)
    {
        base.AdvanceTo(nowUnixMs);
        Groups.Processing.AdvanceTo(nowUnixMs);
    }

    public override void Clear()
    {
        base.Clear();
        _ungrouped.Clear();
        Groups.Clear();
    }

    // A dead letter keeps its sending time, so it may be older than those before it. As an entry it expires at its time
    // exactly; beyond a bound it goes to the backlog like all, and expires when those before it are gone.
    protected override void Place(in Message message)
    {
        NoteArrival(message);
        var isOlder = Backlog.Count > 0 && message.SentUnixMs < Backlog.NewestSentUnixMs;
        if (message.VisibleUnixMs > State.NowUnixMs || (isOlder && EntryCount < State.Options.EntriesOutOfAgeMax)
            || IsKeptInReach(message))
            Insert(message);
        else
            Append(message);
    }

    // A log that was written under other options may have had the ones before it beside the backlog.
    protected override Entry? BringForward(long sequence)
    {
        PassOver(sequence - 1);
        return null;
    }

    protected override void OnReady(Entry entry)
    {
        if (entry.Message.GroupId is null) _ungrouped.Add(entry);
        else Groups.OnReady(entry);
    }

    protected override void OnUnready(Entry entry)
    {
        if (entry.Message.GroupId is null) _ungrouped.Remove(entry);
        else Groups.OnUnready(entry);
    }

    protected override void OnInFlight(Entry entry, bool began)
    {
        var groupId = entry.Message.GroupId;
        if (groupId is not null) Groups.OnInFlight(entry, began);
        if (began) return;

        // A queue is brought to the present when it is looked at, so the end may be long ago.
        var expiry = entry.Message.SentUnixMs + (long)Config.Retention.TotalMilliseconds;
        var end = Math.Min(State.NowUnixMs, Math.Min(entry.VisibleUnixMs, expiry));
        Groups.Processing.Add(groupId, end - entry.LeasedUnixMs, end);
    }

    protected override void OnLeased(Entry entry)
    {
        if (entry.Message.GroupId is not { } groupId || !Groups.IsOverShare(groupId, InFlight)) return;
        var marks = Groups.Marks;
        var isMarked = marks.TryGet(groupId, out var mark);
        if (isMarked && !IsSilent(mark)) return;
        if (!isMarked && marks.IsFull)
        {
            foreach (var (id, other) in marks.All.ToArray())
            {
                if (IsQuietAgain(id, other)) marks.Remove(id);
            }

            if (marks.IsFull) return;
        }

        marks.Set(groupId, new NoisyMark(State.NowUnixMs, NextSequence - 1));
    }

    private bool IsSilent(NoisyMark mark) => mark.SentUnixMs + NoisyMarks.SilenceMs <= State.NowUnixMs;

    // What is left of its backlog in the log is not known. So its backlog is gone when all is that is older.
    private bool IsQuietAgain(string groupId, NoisyMark mark) => IsSilent(mark)
        || (Groups.InFlightOf(groupId) == 0
            && (!TryPeekReady(out var oldest) || oldest.Sequence > mark.LastSequence));

    // Once a group is quiet again it stays so until it sends, so that is soon enough to take its mark away.
    private void NoteArrival(in Message message)
    {
        if (message.GroupId is not { } groupId || !Groups.Marks.TryGet(groupId, out var mark)) return;
        if (IsQuietAgain(groupId, mark)) Groups.Marks.Remove(groupId);
        else Groups.Marks.Set(groupId, new NoisyMark(State.NowUnixMs, message.Sequence));
    }

    // Behind a deep backlog a quiet group's message would not be found before all of that is read. So the first ones
    // that wait of each group stand beside it, in reach.
    private bool IsKeptInReach(in Message message)
    {
        if (Backlog.Count == 0) return false;
        if (message.GroupId is null)
            return !Groups.IsEmpty && _ungrouped.Count < State.Options.InReachPerGroupMax;
        return Groups.ReadyCount < 2 * State.Options.PassedOverMax
            && Groups.ReadyOf(message.GroupId) < State.Options.InReachPerGroupMax;
    }

    private Message FirstNoisy()
    {
        var group = Groups.FewestInFlight();
        if (Backlog.Count == 0) return group!.Ready.First!.Message;
        if (group is null) return Backlog.First;
        var (inBacklog, inGroup) = (Groups.InFlightOf(Backlog.First.GroupId!), group.InFlight);
        var head = group.Ready.First!;
        var isBacklogs = inBacklog < inGroup || (inBacklog == inGroup && Backlog.First.Sequence < head.Sequence);
        return isBacklogs ? Backlog.First : head.Message;
    }

    private static Entry? Older(Entry? left, Entry? right) =>
        right is null || left?.Sequence < right.Sequence ? left : right;
}
