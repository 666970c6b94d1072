using System.Collections.Concurrent;
using Weir.Journal;

namespace Weir.Benchmarks.Appending;

/// <summary>
/// Weir.Broker's ShardLoop without a shard: records wait in a mailbox, one thread puts them into frames, and the next
/// frame is filled while one is synced. So what is measured is the journal as the broker uses it, and nothing else.
/// </summary>
internal sealed class AppendLoop : IDisposable
{
    private const int FrameBytesFull = 1 << 20;
    private const long CheckpointBytes = 256L << 20;

    private readonly Journal.Journal _journal;
    private readonly ConcurrentQueue<Appender> _mailbox = new();
    private readonly ManualResetEventSlim _signal = new(initialState: false, spinCount: 0);
    private readonly Action<Frame> _onDurable;
    private readonly Thread _thread;
    private int _isAsleep;
    private volatile bool _isStopping;

    // Owned by the loop's thread.
    private Frame? _frame;
    private List<Appender> _answers = [];
    private List<Appender> _inFlight = [];

    public AppendLoop(string directory)
    {
        _journal = Journal.Journal.Open(new FileDisk(), new JournalOptions { Directory = directory }, new NoReplay());
        _onDurable = OnDurable;
        _thread = new Thread(Run) { Name = "append-loop", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Bytes of each frame since they were last taken; owned by the journal's writer while it runs.</summary>
    public List<int> FrameBytes { get; } = [];

    public void Post(Appender appender)
    {
        _mailbox.Enqueue(appender);
        Wake();
    }

    /// <summary>After the last answer.</summary>
    public void Dispose()
    {
        _isStopping = true;
        Wake();
        _thread.Join();
        _journal.Dispose();
        _signal.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            Step();
            Sleep();
        }
    }

    private void Step()
    {
        for (var count = _mailbox.Count; count > 0 && _mailbox.TryDequeue(out var appender); count--)
        {
            _frame ??= _journal.Begin(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            appender.Record.Span.CopyTo(_frame.GetSpan(appender.Record.Length));
            _frame.Advance(appender.Record.Length);
            _answers.Add(appender);
            if (_frame.RecordsLength >= FrameBytesFull) Commit();
        }

        if (_frame is not null && _journal.IsIdle) Commit();
        if (_frame is null && !_journal.IsCheckpointing && _journal.BytesSinceCheckpoint >= CheckpointBytes)
            _ = _journal.WriteCheckpoint(_journal.BeginCheckpoint(static _ => false), static _ => { });
    }

    private void Commit()
    {
        var frame = _frame!;
        _frame = null;
        frame.RecordCount = _answers.Count;
        var answers = _answers;
        frame.State = answers;
        _journal.Commit(frame, _onDurable);
        _answers = _inFlight;
        _inFlight = answers;
    }

    private void OnDurable(Frame frame)
    {
        FrameBytes.Add(FrameFormat.AlignedBytes(frame.RecordsLength));
        var answers = (List<Appender>)frame.State!;
        foreach (var appender in answers) appender.Complete();
        answers.Clear();
        Wake();
    }

    private void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1) _signal.Set();
    }

    private void Sleep()
    {
        _signal.Reset();
        Interlocked.Exchange(ref _isAsleep, 1);
        if (!_mailbox.IsEmpty || _isStopping || (_frame is not null && _journal.IsIdle))
        {
            Interlocked.Exchange(ref _isAsleep, 0);
            return;
        }

        _signal.Wait();
    }

    private sealed class NoReplay : JournalReplay
    {
        public override void OnCheckpoint(CheckpointReader body)
        {
        }

        public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition)
        {
        }
    }
}
