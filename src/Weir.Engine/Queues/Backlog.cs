using System.Diagnostics.CodeAnalysis;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>
/// The messages that wait for their first delivery from a queue, in order. Both its ends are in memory; the middle of a
/// deep one is in the log, in runs.
/// </summary>
//   front (in memory)  |  runs (in the log)  |  tail (in memory)  <-- Append
//     --> PopFirst            <-- Spill (a record) takes the oldest of the tail
//
// Invariants
// 1. Sequences rise from the first message of the front to the last of the tail.
// 2. When the front is empty, everything is: what empties it brings the next run, or the tail, forward at once. So
//    where a message lies depends on nothing but the records and the time, and a run that a record stores is found at
//    the head of the tail in replay as it was live.
// 3. Contents are in the ledger one by one while their messages are in memory, by run while they are not: the same sum.
internal sealed class Backlog(ShardState state)
{
    /// <summary>What a queue without a backlog of its own shows.</summary>
    private static readonly Deque<Message> Empty = new();

    private Deque<Message> _front = new();
    private Deque<Message>? _tail;
    private Deque<Run>? _runs;
    private long _cold;

    public long Count => _front.Count + _cold + Tail.Count;

    public int FrontCount => _front.Count;

    public int HotCount => _front.Count + Tail.Count;

    public int RunCount => _runs?.Count ?? 0;

    public int TailCount => Tail.Count;

    /// <summary>Of all contents, as they are stored.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>The latest sending time of what was appended since the backlog was last empty.</summary>
    public long NewestSentUnixMs { get; set; } = long.MinValue;

    public ref readonly Message First => ref _front.First;

    /// <summary>True while the queue is in the list of those that have something to spill.</summary>
    public bool IsSpillDue { get; set; }

    private Deque<Message> Tail => _tail ?? Empty;

    public void Append(in Message message)
    {
        NewestSentUnixMs = Count == 0 ? message.SentUnixMs : Math.Max(NewestSentUnixMs, message.SentUnixMs);
        if (_cold == 0 && Tail.Count == 0 && _front.Count < state.Options.FrontMessagesMax) _front.Append(message);
        else (_tail ??= new Deque<Message>()).Append(message);
        state.HotMessages++;
        ContentBytes += message.Payload.Length;
    }

    public Message PopFirst()
    {
        var message = _front.First;
        _front.PopFirst();
        state.HotMessages--;
        ContentBytes -= message.Payload.Length;
        Refill();
        return message;
    }

    /// <summary>
    /// Drops what was sent at this time or before, up to the first message that was not. A run that is too old as a
    /// whole is dropped unread, unless messages are missing from it.
    /// </summary>
    /// <param name="departures">Told what goes.</param>
    public void Trim(long oldestUnixMs, Departures departures)
    {
        while (_front.Count > 0 && _front.First.SentUnixMs <= oldestUnixMs)
        {
            departures.Add(new Departure(_front.First.Sequence, DepartureKind.Expired, 0, 0));
            state.Live.Release(_front.First.Payload);
            ContentBytes -= _front.First.Payload.Length;
            _front.PopFirst();
            state.HotMessages--;
            if (_front.Count > 0) continue;
            while (RunCount > 0 && _runs!.First.NewestSentUnixMs <= oldestUnixMs)
            {
                Note(_runs.First, DepartureKind.Expired, departures);
                DropFirstRun();
            }

            Refill();
        }
    }

    /// <summary>Notes that all messages are about to be purged.</summary>
    public void NotePurge(Departures departures)
    {
        for (var i = 0; i < HotCount; i++)
            departures.Add(new Departure(Hot(i).Sequence, DepartureKind.Purged, 0, 0));
        for (var i = 0; i < RunCount; i++) Note(_runs![i], DepartureKind.Purged, departures);
    }

    /// <summary>True when the message is here; a run that some are missing from is read for it.</summary>
    public bool Contains(long sequence)
    {
        if (FindHot(sequence) >= 0) return true;
        var (low, high) = (0, RunCount - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var run = _runs![middle];
            if (sequence < run.FirstSequence) high = middle - 1;
            else if (sequence > run.LastSequence) low = middle + 1;
            else return IsWhole(run) || Array.Exists(RunBlock.Read(run, state.ReadLog), m => m.Sequence == sequence);
        }

        return false;
    }

    public void Clear()
    {
        Release(_front);
        Release(Tail);
        while (RunCount > 0) DropFirstRun();
        state.HotMessages -= HotCount;
        (_front, _tail, _runs) = (new Deque<Message>(), null, null);
        ContentBytes = 0;
    }

    /// <summary>The messages of the tail that can go into the next run; maybe none.</summary>
    public Message[] NextRun()
    {
        var options = state.Options;
        var taken = new List<Message>(Math.Min(Tail.Count, options.RunMessagesMax));
        var (blockBytes, contentBytes) = (0L, 0L);
        while (taken.Count < Math.Min(Tail.Count, options.RunMessagesMax))
        {
            ref readonly var message = ref Tail[taken.Count];
            blockBytes += message.BytesMax;
            contentBytes += message.Payload.Length;
            var isFull = blockBytes > options.RunBlockBytesMax || contentBytes > options.RunContentBytesMax;

            // What is still delayed stays in memory, where its time can be told and changed.
            if ((isFull && taken.Count > 0) || message.VisibleUnixMs > state.NowUnixMs) break;
            taken.Add(message);
        }

        return [.. taken];
    }

    /// <summary>The oldest messages of the tail are a run from now on; false when they are not those.</summary>
    public bool TryStore(Run run)
    {
        if (Tail.Count < run.Count || Tail.First.Sequence != run.FirstSequence
            || Tail[run.Count - 1].Sequence != run.LastSequence)
            return false;
        for (var i = 0; i < run.Count; i++) Tail.PopFirst();
        state.HotMessages -= run.Count;
        Append(run);
        return true;
    }

    /// <summary>For reading a checkpoint: what comes after a run, or after the front is full, is the tail.</summary>
    public void Restore(in Message message, bool isTail)
    {
        state.Live.Add(message.Payload);
        ContentBytes += message.Payload.Length;
        (isTail ? _tail ??= new Deque<Message>() : _front).Append(message);
        state.HotMessages++;
    }

    public void Restore(Run run)
    {
        state.Live.Add(run);
        ContentBytes += LiveLedger.ContentBytesOf(run);
        Append(run);
    }

    /// <summary>The run that begins with this message.</summary>
    public bool TryFindRun(long firstSequence, [NotNullWhen(true)] out Run? run, out int index)
    {
        var (low, high) = (0, RunCount - 1);
        while (low <= high)
        {
            index = (low + high) / 2;
            run = _runs![index];
            if (run.FirstSequence == firstSequence) return true;
            if (run.FirstSequence < firstSequence) low = index + 1;
            else high = index - 1;
        }

        (run, index) = (null, -1);
        return false;
    }

    public Run GetRun(int index) => _runs![index];

    /// <summary>The same messages, elsewhere in the log; false when they are in no run.</summary>
    public bool TryRelocate(Run run)
    {
        if (!TryFindRun(run.FirstSequence, out var before, out var index)) return false;
        if (before.Count != run.Count || before.LastSequence != run.LastSequence)
            throw new StateCorruptException($"the run at message {run.FirstSequence} is moved and another one there");
        state.Live.Add(run);
        state.Live.AddBlock(run.Block);
        state.Live.Release(before);
        state.Live.ReleaseBlock(before.Block);
        _runs!.Set(index, run);
        return true;
    }

    /// <summary>A message in memory by its place: the front's, then the tail's.</summary>
    public ref readonly Message Hot(int index) =>
        ref index < _front.Count ? ref _front[index] : ref Tail[index - _front.Count];

    public void SetHot(int index, in Message message)
    {
        if (index < _front.Count) _front.Set(index, message);
        else Tail.Set(index - _front.Count, message);
    }

    /// <summary>The place of a message in memory; -1 when it is not there.</summary>
    public int FindHot(long sequence)
    {
        var (low, high) = (0, HotCount - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Hot(middle).Sequence;
            if (found == sequence) return middle;
            if (found < sequence) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    public BacklogSnapshot TakeSnapshot() =>
        new(_front.TakeSnapshot(), _runs?.TakeSnapshot() ?? default, Tail.TakeSnapshot());

    private void Append(Run run)
    {
        state.Live.AddBlock(run.Block);
        (_runs ??= new Deque<Run>()).Append(run);
        _cold += run.Count;
    }

    private void Refill()
    {
        if (_front.Count > 0) return;
        if (RunCount > 0) LoadFirstRun();
        else if (_tail is { Count: > 0 } tail) (_front, _tail) = (tail, _front);
    }

    private void LoadFirstRun()
    {
        var run = _runs!.First;
        foreach (ref readonly var message in RunBlock.Read(run, state.ReadLog).AsSpan()) _front.Append(message);
        state.HotMessages += run.Count;
        Forget(run);
    }

    private void DropFirstRun()
    {
        var run = _runs!.First;
        state.Live.Release(run);
        ContentBytes -= LiveLedger.ContentBytesOf(run);
        Forget(run);
    }

    /// <summary>True when no message between the first and the last is missing from the run.</summary>
    private static bool IsWhole(Run run) => run.LastSequence - run.FirstSequence + 1 == run.Count;

    private void Note(Run run, DepartureKind kind, Departures departures)
    {
        if (IsWhole(run))
        {
            departures.AddAll(run.FirstSequence, run.LastSequence, kind);
            return;
        }

        foreach (ref readonly var message in RunBlock.Read(run, state.ReadLog).AsSpan())
            departures.Add(new Departure(message.Sequence, kind, 0, 0));
    }

    private void Forget(Run run)
    {
        state.Live.ReleaseBlock(run.Block);
        _cold -= run.Count;
        _runs!.PopFirst();
    }

    private void Release(Deque<Message> messages)
    {
        for (var i = 0; i < messages.Count; i++) state.Live.Release(messages[i].Payload);
    }
}

/// <summary>A backlog as it was at one moment; any thread may read it.</summary>
internal readonly record struct BacklogSnapshot(
    Deque<Message>.Snapshot Front, Deque<Run>.Snapshot Runs, Deque<Message>.Snapshot Tail);
