using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>
/// Runs one shard: mailbox, execute, frame, journal, answers in the order of commitment.
/// </summary>
// The life of a frame
//
//   Begin --> commands run, their records go in, their works join its answers --> Commit --> durable --> answers leave
//     ^                                                                              |
//     +--- the next one is filled while this one is synced; it is committed as soon as the journal is idle ---+
//
// 1. There is no timer and no minimum: what arrived while a frame was being synced is the next frame.
// 2. A work is in exactly one place: the mailbox, the waiters, or the answers of one frame.
// 3. Everything but Post, End, RequestCheckpoint and OnDurable runs on the shard's thread (or the simulation's).
internal sealed class ShardLoop : IDisposable
{
    /// <summary>
    /// Records of a frame beyond which it is committed even though the journal is busy, which then waits.
    /// </summary>
    private const int FrameBytesFull = 1 << 20;

    /// <summary>Executing this many takes about as long as waking does, and overlaps with the sync under way.</summary>
    private const int CommandsWorthWaking = 64;

    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly Mailbox _mailbox;
    private readonly MoveTaskSteps _moveTasks;
    private readonly CheckpointSteps _checkpoints;
    private readonly SpillCommand _spill;
    private readonly Action<Frame> _onDurable;
    private readonly Func<bool> _canProceed;
    private readonly Func<bool> _syncHasEnded;
    private readonly ITimer _timer;
    private long _timerUnixMs = long.MaxValue;
    private volatile bool _isTimerDue;
    private volatile bool _isEnding;
    private Frame? _frame;
    private AnswerBatch _answers = new();
    private AnswerBatch _inFlight = new();

    public ShardLoop(BrokerOptions options, TimeProvider time, IdSource ids, IDisk disk)
    {
        _options = options;
        _time = time;
        _mailbox = new Mailbox(options.WaitingCommandsMax, options.WaitingBytesMax);
        _moveTasks = new MoveTaskSteps(this, ids);
        _onDurable = OnDurable;
        _canProceed = CanProceed;
        _syncHasEnded = () => Journal!.IsIdle || CanProceed();
        _checkpoints = new CheckpointSteps(this, options);
        _spill = new SpillCommand(options.Engine);
        if (_spill.RecordBytesMax > options.Journal.FrameBytesMax)
            throw new ArgumentException("A run of the engine's options does not fit into a frame of the journal's.");
        Compaction = new Compaction(this, options);
        Waiters = new Waiters(this);
        Departures = new DepartureWaiters(this);
        Away = new SentAway(this);
        var replay = new ShardReplay(options.Engine);
        Shard = replay.Shard;
        Journal = Weir.Journal.Journal.Open(disk, options.Journal, replay);
        replay.ReadFrom(Journal);
        _ = Journal.Failure.ContinueWith(_ => _mailbox.Wake(), TaskScheduler.Default);
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Shard Shard { get; }

    public Journal.Journal Journal { get; }

    public Waiters Waiters { get; }

    public DepartureWaiters Departures { get; }

    /// <summary>The accounts that are not here.</summary>
    public SentAway Away { get; }

    /// <summary>Gets what comes for them.</summary>
    public required Action<Work> Bounce { get; init; }

    /// <summary>Those who read what they leased, off the shard's thread.</summary>
    public ReaderCount Readers { get; } = new();

    public int WaitingCount => _mailbox.Count;

    public bool HasFailed => Journal.Failure.IsCompleted;

    /// <summary>True when the last checkpoint found the disk full.</summary>
    public bool HasCheckpointFailed => _checkpoints.HasFailed;

    public Compaction Compaction { get; }

    /// <summary>True while a frame is being filled.</summary>
    public bool HasFrame => _frame is not null;

    public long UnixMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>False when too much waits already.</summary>
    public bool TryPost(Work work) => _mailbox.TryPost(work);

    public void Post(Work work) => _mailbox.Post(work);

    /// <summary>
    /// Ends the present sleep and every later one: whoever runs the loop has to look whether to go on.
    /// </summary>
    public void End()
    {
        _isEnding = true;
        _mailbox.Wake();
    }

    /// <summary>Asks for a checkpoint before the log has grown to one.</summary>
    public void RequestCheckpoint()
    {
        _checkpoints.Request();
        _mailbox.Wake();
    }

    /// <summary>Does what there is to do now without waiting for more.</summary>
    /// <exception cref="JournalDiskException">A write or sync failed; nothing more is acknowledged.</exception>
    public void Step()
    {
        if (Journal.Failure.IsCompleted) throw Journal.Failure.Result;
        _isTimerDue = false;

        // Only what is there now: under a flood of small commands the frame must leave all the same.
        for (var count = _mailbox.Count; count > 0 && _mailbox.TryTake(out var work); count--)
        {
            if (Away.Concerns(work))
            {
                Bounce(work);
                continue;
            }

            MakeRoom(work.RecordBytesMax);
            if (work.Run(this)) Answer(work);
            Spill();
            if (_frame?.RecordsLength >= FrameBytesFull) CommitFrame();
        }

        if (IsSomethingDue() || Departures.AreDue) MakeRoom(0);
        if (_frame is not null)
        {
            Waiters.Serve();
            _moveTasks.Step();
            Departures.Serve();
            Spill();
            if (Journal.IsIdle) CommitFrame();
        }

        _checkpoints.Step();
        Compaction.Step();
        SetTimer();
    }

    /// <summary>
    /// Sleeps until there is something to do. While a frame is being synced a few commands are no reason to wake: they
    /// could not be committed yet, and the end of the sync wakes the shard in any case.
    /// </summary>
    public void Sleep()
    {
        if (Journal.IsIdle) _mailbox.Sleep(wakeCount: 1, _canProceed);
        else _mailbox.Sleep(CommandsWorthWaking, _syncHasEnded);
    }

    /// <summary>Makes sure that the frame takes this many more bytes, with a new frame if it must be.</summary>
    public void MakeRoom(int bytes)
    {
        if (_frame is not null && _frame.Remaining < bytes) CommitFrame();
        if (_frame is not null) return;
        _frame = Journal.Begin(UnixMs);
        Shard.BeginFrame(_frame.NowUnixMs, _frame, _frame.RecordsPosition.Segment, _frame.RecordsPosition.Offset);
    }

    /// <summary>The work's answer leaves with the present frame.</summary>
    public void Answer(Work work)
    {
        MakeRoom(0);
        _answers.Add(work);
    }

    /// <summary>Runs until the mailbox is empty and everything is durable, then writes a last checkpoint.</summary>
    public void Drain()
    {
        Step();
        foreach (var work in Waiters.TakeAll()) Answer(work);
        foreach (var work in Departures.TakeAll()) Answer(work);
        if (_frame is not null) CommitFrame();

        // An empty frame goes nowhere, but its commit waits until the one before is durable and answered.
        MakeRoom(0);
        CommitFrame();
        _checkpoints.Finish();
    }

    /// <summary>Refuses everything that still waits, since it will never be durable.</summary>
    public void RefuseAll(Fault fault)
    {
        var refused = Waiters.TakeAll();
        refused.AddRange(Departures.TakeAll());
        if (!_inFlight.HasLeft) refused.AddRange(_inFlight.Works);
        refused.AddRange(_answers.Works);
        _answers = new AnswerBatch();
        while (_mailbox.TryTake(out var work)) refused.Add(work);
        ThreadPool.UnsafeQueueUserWorkItem(_ => refused.ForEach(work => work.Refuse(fault)), null);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Compaction.Stop();
        Journal.Dispose();
        _mailbox.Dispose();
    }

    private void CommitFrame()
    {
        var frame = _frame!;
        _frame = null;
        frame.RecordCount = Shard.RecordCount;

        // This waits for the frame before; should that one fail, the answers of both are still here to be refused.
        frame.State = _answers;
        Journal.Commit(frame, _onDurable);
        _inFlight = _answers;
        _answers = new AnswerBatch();
    }

    private void OnDurable(Frame frame)
    {
        var answers = (AnswerBatch)frame.State!;
        answers.Leave(onThreadPool: _options.Journal.Writer == JournalWriter.Thread);
        _mailbox.Wake();
    }

    private bool CanProceed() =>
        _isEnding || HasFailed || _isTimerDue || _checkpoints.HasWork || Compaction.HasWork
        || (Journal.IsIdle && (_frame is not null || _mailbox.Count > 0));

    private bool IsSomethingDue()
    {
        var due = NextDueUnixMs();
        return due is not null && due <= UnixMs;
    }

    /// <summary>When something happens that needs a frame.</summary>
    private long? NextDueUnixMs() => Sooner(Waiters.NextDueUnixMs, _moveTasks.NextDueUnixMs);

    private static long? Sooner(long? left, long? right) =>
        left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);

    private void Spill()
    {
        while (Shard.IsSpillDue)
        {
            MakeRoom(_spill.RecordBytesMax);
            _ = Shard.Execute(_spill);
        }
    }

    private void SetTimer()
    {
        var due = Sooner(NextDueUnixMs(), Compaction.NextDueUnixMs) ?? long.MaxValue;
        if (due >= Volatile.Read(ref _timerUnixMs)) return;
        var wait = due - UnixMs;
        if (wait <= 0)
        {
            // A frame that is still open has a time before it; its commit is followed by another step in any case.
            _isTimerDue = _frame is null;
            return;
        }

        Volatile.Write(ref _timerUnixMs, due);
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        Volatile.Write(ref _timerUnixMs, long.MaxValue);
        _isTimerDue = true;
        _mailbox.Wake();
    }
}
