using System.IO.Hashing;

namespace Weir.Journal;

// Writes and syncs frames, one at a time, in the order of their commits.
//
//   empty --Commit--> in flight --write, fdatasync, onDurable--> empty        (wakes the next Commit)
//                         \------ a failure ------------------> failed         (final: no onDurable any more)
//
// Group commit needs no timer: while this slot is full the appending thread goes on filling the next frame.
internal sealed class FrameCommitter : IDisposable
{
    private readonly object _gate = new();
    private readonly JournalFailure _failure;
    private readonly uint _epoch;
    private readonly Thread? _thread;

    // Guarded by _gate; a thread that waits for it sleeps in the kernel and does not spin.
    private Frame? _inFlight;
    private Action<Frame>? _onDurable;
    private ulong _durableSequence;
    private bool _isStopping;

    // Written by the committing and by the writing thread in turn, read by any.
    private volatile bool _isWriting;

    // Owned by the thread that writes.
    private readonly Crc32 _crc = FrameFormat.NewCrc();
    private long _frames;
    private long _bytes;

    public FrameCommitter(JournalWriter writer, uint epoch, ulong durableSequence, JournalFailure failure)
    {
        (_epoch, _durableSequence, _failure) = (epoch, durableSequence, failure);
        if (writer == JournalWriter.Inline)
            return;
        _thread = new Thread(WriteFrames) { IsBackground = true, Name = "weir-journal" };
        _thread.Start();
    }

    // True already while onDurable runs, so that whoever it wakes may commit; that Commit waits for it to return.
    public bool IsIdle => !_isWriting;

    public long Frames => Volatile.Read(ref _frames);

    public long Bytes => Volatile.Read(ref _bytes);

    public void Commit(Frame frame, Action<Frame> onDurable)
    {
        if (_thread is null)
        {
            _failure.ThrowIfFailed();
            if (!TryMakeDurable(frame))
                throw _failure.Exception();
            onDurable(frame);
            return;
        }
        RequireOtherThread();
        lock (_gate)
        {
            while (_inFlight is not null && !_failure.HasFailed)
                Monitor.Wait(_gate);
            _failure.ThrowIfFailed();
            (_inFlight, _onDurable, _isWriting) = (frame, onDurable, true);
            Monitor.PulseAll(_gate);
        }
    }

    public void WaitUntilDurable(ulong sequence)
    {
        lock (_gate)
        {
            while (_durableSequence < sequence && !_failure.HasFailed)
                Monitor.Wait(_gate);
            _failure.ThrowIfFailed();
        }
    }

    // A failure elsewhere (a segment, a checkpoint) must wake those who wait here.
    public void WakeAll()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    public void Dispose()
    {
        RequireOtherThread();
        lock (_gate)
        {
            _isStopping = true;
            Monitor.PulseAll(_gate);
        }
        _thread?.Join();
    }

    // From inside onDurable, or a continuation that it runs, either would wait for itself.
    private void RequireOtherThread()
    {
        if (Thread.CurrentThread == _thread)
            throw new InvalidOperationException("The writer thread can neither commit a frame nor close the journal.");
    }

    private void WriteFrames()
    {
        while (NextFrame() is { } frame)
        {
            if (!TryMakeDurable(frame))
                break;
            _isWriting = false;
            _onDurable!(frame);
            lock (_gate)
            {
                (_inFlight, _onDurable) = (null, null);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private Frame? NextFrame()
    {
        lock (_gate)
        {
            while (_inFlight is null && !_isStopping && !_failure.HasFailed)
                Monitor.Wait(_gate);
            return _failure.HasFailed ? null : _inFlight;
        }
    }

    private bool TryMakeDurable(Frame frame)
    {
        if (frame.RecordCount == 0)
            return true;
        try
        {
            var header = new FrameHeader(
                frame.Sequence, frame.NowUnixMs, frame.RecordCount, frame.RecordsLength, _epoch);
            var (number, salt) = (frame.Segment.Number, frame.Segment.Header.Salt);
            var bytes = FrameFormat.Seal(frame.Buffer, header, number, salt, _crc);
            frame.Segment.File.Write(frame.Offset, bytes);
            frame.Segment.File.Sync();
            Volatile.Write(ref _frames, _frames + 1);
            Volatile.Write(ref _bytes, _bytes + bytes.Length);
        }
        catch (JournalDiskException exception)
        {
            _failure.Fail(exception);
            WakeAll();
            return false;
        }
        lock (_gate)
        {
            _durableSequence = frame.Sequence;
            Monitor.PulseAll(_gate);
        }
        return !_failure.HasFailed;
    }
}
