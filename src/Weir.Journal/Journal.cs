using System.Buffers;

namespace Weir.Journal;

// The durable log of one shard.
//
//   Begin -> Frame -> Commit -> write, fdatasync -> onDurable        one frame is built while one is in flight
//   BeginCheckpoint -> CheckpointMark -> WriteCheckpoint -> recycled segments
//
// 1. Nothing is acknowledged (onDurable) before its frame is synced, nor after any write or sync has failed.
// 2. Frames have sequences 1, 2, 3, ... without gaps, across segments and restarts.
// 3. Begin, Commit, BeginCheckpoint, WriteCheckpoint and Pin belong to one thread, the appending one. Read,
//    CheckSpace, the figures and a pin's Dispose may be used from any.
// 4. onDurable runs on the writer thread and delays the next frame; it must not commit, nor run what commits.
public sealed class Journal : IDisposable
{
    public const string LockFileName = "weir.lock";

    private readonly JournalOptions _options;
    private readonly IDisposable _lock;
    private readonly JournalFailure _failure = new();
    private readonly SegmentPool _segments;
    private readonly FrameCommitter _committer;
    private readonly CheckpointTask _checkpoints;

    // Owned by the appending thread.
    private Frame _building;
    private Frame _other;
    private bool _isBuilding;
    private ulong _committedSequence;
    private Segment _segment = null!;
    private uint _offset;

    // Written by the appending thread, read by any.
    private long _bytesCommitted;

    private Journal(IDisk disk, JournalOptions options, RecoveredLog log, IDisposable lockFile)
    {
        var epoch = log.LastEpoch + 1;
        (_options, _lock) = (options, lockFile);
        (_building, _other) = (new Frame(options.FrameBytesMax), new Frame(options.FrameBytesMax));
        (_committedSequence, _bytesCommitted) = (log.LastSequence, log.ReplayedBytes);
        _segments = new SegmentPool(disk, options, log, _failure);
        _committer = new FrameCommitter(options.Writer, epoch, log.LastSequence, _failure);
        _checkpoints = new CheckpointTask(disk, options, epoch, _committer, _segments, _failure);
        _ = _failure.First.ContinueWith(_ => _committer.WakeAll(), TaskScheduler.Default);
    }

    public bool IsIdle => _committer.IsIdle;

    // Completes with the first failed write or sync; the process must end then, and recovery reads what the disk has.
    public Task<JournalDiskException> Failure => _failure.First;

    public bool IsCheckpointing => _checkpoints.IsRunning;

    public long BytesSinceCheckpoint => Volatile.Read(ref _bytesCommitted) - _checkpoints.BytesCovered;

    // Since the journal was opened, what was replayed then included.
    public long BytesAppended => Volatile.Read(ref _bytesCommitted);

    public bool IsLowOnSpace => _segments.IsLowOnSpace;

    public JournalFigures Figures
    {
        get
        {
            var (log, spares, bytes) = _segments.Count();
            var frames = _committer.Frames;
            return new JournalFigures(log, spares, frames, _committer.Bytes, frames, _checkpoints.Completed, bytes);
        }
    }

    public static Journal Open(IDisk disk, JournalOptions options, JournalReplay replay)
    {
        options.Validate();
        disk.CreateDirectory(options.Directory);
        var lockFile = disk.TryLock(Path.Combine(options.Directory, LockFileName))
            ?? throw new JournalLockedException(options.Directory);
        Journal? journal = null;
        try
        {
            var log = new LogRecovery(disk, options, replay).Run();
            journal = new Journal(disk, options, log, lockFile);
            journal.StartAt(log.End);
            return journal;
        }
        catch
        {
            journal?.Dispose();
            lockFile.Dispose();
            throw;
        }
    }

    public Frame Begin(long nowUnixMs)
    {
        _failure.ThrowIfFailed();
        Require(!_isBuilding, "The frame before has not been committed.");
        if (_segment.Header.Bytes - _offset < FrameFormat.AlignedBytes(_options.FrameBytesMax))
            (_segment, _offset) = (_segments.Next(), SegmentHeader.FramesOffset);
        _isBuilding = true;
        _building.Begin(_committedSequence + 1, nowUnixMs, _segment, _offset);
        return _building;
    }

    public void Commit(Frame frame, Action<Frame> onDurable)
    {
        Require(_isBuilding && frame == _building, "Only the frame that Begin gave out can be committed, once.");
        Require(frame.RecordCount > 0 == frame.RecordsLength > 0, "A frame has records and a count, or neither.");
        var bytes = frame.RecordCount == 0 ? 0 : FrameFormat.AlignedBytes(frame.RecordsLength);
        _committer.Commit(frame, onDurable);
        (_building, _other) = (_other, _building);
        _isBuilding = false;
        if (bytes == 0)
            return;
        _committedSequence++;
        _offset += (uint)bytes;
        Volatile.Write(ref _bytesCommitted, _bytesCommitted + bytes);
    }

    // The caller holds a pin on the segment, or knows that it is live.
    public void Read(LogPosition position, Span<byte> destination) =>
        _segments.Find(position.Segment).ReadWhole(position.Offset, destination);

    // Appending thread: as Read, and finds what was appended and is not on the disk yet, too.
    public void ReadAppended(LogPosition position, Span<byte> destination)
    {
        if (!_building.TryRead(position, destination) && !_other.TryRead(position, destination))
            Read(position, destination);
    }

    public SegmentPin Pin(uint segment) => _segments.Pin(segment);

    // Marks the moment that a checkpoint will be of. isLive speaks of the state at this moment; its image may be taken
    // while later frames are committed.
    public CheckpointMark BeginCheckpoint(Func<uint, bool> isLive)
    {
        _failure.ThrowIfFailed();
        Require(!_isBuilding, "A checkpoint begins between frames.");
        var older = _segments.NumbersBelow(_segment.Number).ToLookup(isLive);
        return new CheckpointMark(_committedSequence, new LogPosition(_segment.Number, _offset), _bytesCommitted,
            [.. older[true]], [.. older[false]]);
    }

    // writeBody runs on another thread (unless the writer is inline) and must write the image of the marked moment.
    // Marks are written in the order in which they were taken.
    public Task WriteCheckpoint(CheckpointMark mark, Action<IBufferWriter<byte>> writeBody)
    {
        Require(!IsCheckpointing, "A checkpoint is being written already.");
        return _checkpoints.Start(mark, writeBody);
    }

    // Appending thread. The segments that are durable as a whole, with their bytes: what compaction chooses from. The
    // last frame of the one before the newest may still be in flight.
    public IReadOnlyList<(uint Number, long Bytes)> SealedSegments() => _segments.SealedBelow(_segment.Number - 1);

    public void CheckSpace() => _segments.CheckSpace();

    public void Dispose()
    {
        _committer.Dispose();
        _checkpoints.Wait();
        _segments.Dispose();
        _lock.Dispose();
    }

    private void StartAt(LogPosition? end)
    {
        if (end is { } found)
        {
            (_segment, _offset) = (_segments.Find(found.Segment), found.Offset);
            _segments.PrepareNext();
        }
        else
        {
            (_segment, _offset) = (_segments.Next(), SegmentHeader.FramesOffset);
        }
        _segments.CheckSpace();
    }

    private static void Require(bool isMet, string message)
    {
        if (!isMet)
            throw new InvalidOperationException(message);
    }
}
