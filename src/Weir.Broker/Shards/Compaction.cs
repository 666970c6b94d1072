using Weir.Engine;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>
/// Empties segments in which little is still referred to, by writing that little again, so that the next checkpoint
/// recycles them. Owned by the shard's thread, but for the reading of what is copied.
/// </summary>
//   idle --too much of the log is dead--> scanning --> copying, a batch at a time --> idle, and a checkpoint is due
//
// 1. It begins when the segments that are partly live hold more dead bytes than there are live ones in all, so the log
//    stays under twice what is live; segments that are dead as a whole are the checkpoint's business.
// 2. It takes only segments that are less than half live, so what it writes is less than what it frees.
// 3. It copies no more than others have appended meanwhile, or a trickle when they are quiet; so at most half of what
//    is written is its own. Without room on the disk it does not wait.
// 4. The segments are pinned while it reads from them.
internal sealed class Compaction(ShardLoop loop, BrokerOptions options)
{
    private const int UnitsPerStep = 1_000;
    private const int BatchBytes = 128 << 10;
    private const int BatchMessagesMax = 256;
    private const int SegmentsMax = 8;
    private const long TrickleIntervalMs = 20;

    private readonly List<SegmentPin> _pins = [];
    private HashSet<uint> _segments = [];
    private CompactionScan? _scan;
    private int _next;
    private bool _isBatchUnderWay;
    private Task _batch = Task.CompletedTask;
    private long _lookedAtBytes;
    private long _startedBytes;
    private long _startedUnixMs;
    private long _copiedInRound;
    private long _roundBytes;

    // Written by the shard's thread, read by any.
    private long _copiedBytes;
    private long _reclaimedBytes;
    private long _backlogBytes;

    /// <summary>What was written again and freed by that since the start, and what still is to be.</summary>
    public CompactionFigures Figures => new(
        Volatile.Read(ref _copiedBytes), Volatile.Read(ref _reclaimedBytes), Volatile.Read(ref _backlogBytes));

    /// <summary>True when a step would do something at once.</summary>
    public bool HasWork => _scan is { IsComplete: false };

    /// <summary>When to look whether the trickle allows the next batch.</summary>
    public long? NextDueUnixMs =>
        _scan is { IsComplete: true } && !_isBatchUnderWay ? loop.UnixMs + TrickleIntervalMs : null;

    public void Step()
    {
        if (_scan is null) Begin();
        else if (!_scan.IsComplete) _scan.Continue(UnitsPerStep);
        else if (!_isBatchUnderWay) Copy();
    }

    /// <summary>A batch was executed, on the shard's thread.</summary>
    public void Copied(long bytes)
    {
        _isBatchUnderWay = false;
        _copiedInRound += bytes;
        Volatile.Write(ref _copiedBytes, _copiedBytes + bytes);
        Volatile.Write(ref _backlogBytes, Math.Max(0, _backlogBytes - bytes));
    }

    /// <summary>Waits for the reading under way, so that the journal can be closed.</summary>
    public void Stop() => _batch.Wait();

    private void Begin()
    {
        var appended = loop.Journal.BytesAppended;
        if (appended - _lookedAtBytes < options.Journal.SegmentBytes / 16) return;
        _lookedAtBytes = appended;
        var segments = Choose();
        if (segments.Count == 0) return;
        _segments = [.. segments.Select(segment => segment.Number)];
        foreach (var number in _segments) _pins.Add(loop.Journal.Pin(number));
        _scan = loop.Shard.ScanFor(_segments);
        (_next, _copiedInRound) = (0, 0);
        (_startedBytes, _startedUnixMs) = (appended, loop.UnixMs);
        _roundBytes = segments.Sum(segment => segment.Bytes);
        Volatile.Write(ref _backlogBytes, segments.Sum(segment => segment.Live));
    }

    private List<(uint Number, long Bytes, long Live)> Choose()
    {
        var live = loop.Shard.Live;
        var partlyLive = loop.Journal.SealedSegments()
            .Select(segment => (segment.Number, segment.Bytes, Live: live.BytesIn(segment.Number)))
            .Where(segment => segment.Live > 0)
            .ToList();
        // A content that several queues refer to counts for each, as it would be copied for each.
        var dead = partlyLive.Sum(segment => Math.Max(0, segment.Bytes - segment.Live));
        var alive = partlyLive.Sum(segment => Math.Min(segment.Bytes, segment.Live));
        var least = (long)options.CompactionSegmentsMin * options.Journal.SegmentBytes;
        if (dead <= Math.Max(alive, least) && !loop.Journal.IsLowOnSpace) return [];
        return [.. partlyLive
            .Where(segment => segment.Live * 2 < segment.Bytes)
            .OrderBy(segment => (double)segment.Live / segment.Bytes)
            .Take(SegmentsMax)];
    }

    private void Copy()
    {
        if (_next == _scan!.Found.Count)
        {
            End();
            return;
        }

        if (!MayCopy()) return;
        var found = _scan.Found;
        var first = found[_next++];
        if (first.IsRun)
        {
            // What it has in other segments is not pinned yet, and may be gone with the run already.
            if (!loop.Shard.HasRun(first)) return;
            _pins.Add(loop.Journal.Pin(first.Location.Segment));
        }

        var batch = new List<Relocation> { first };
        var bytes = (long)first.Location.Length;
        while (!first.IsRun && _next < found.Count && batch.Count < BatchMessagesMax && !found[_next].IsRun
            && (bytes += found[_next].Location.Length) <= Math.Min(BatchBytes, options.Journal.FrameBytesMax / 4))
            batch.Add(found[_next++]);
        _isBatchUnderWay = true;
        var work = new RelocationWork(batch, _segments, Read);
        if (options.Journal.Writer == JournalWriter.Thread) _batch = Task.Run(() => work.PrepareAndPost(loop));
        else work.PrepareAndPost(loop);
    }

    private bool MayCopy()
    {
        if (loop.Journal.IsLowOnSpace) return true;
        var byOthers = loop.Journal.BytesAppended - _startedBytes - _copiedInRound;
        var trickle = (loop.UnixMs - _startedUnixMs) * options.CompactionBytesPerSecond / 1000;
        return _copiedInRound <= Math.Max(byOthers, trickle);
    }

    private void End()
    {
        foreach (var pin in _pins) pin.Dispose();
        _pins.Clear();
        _scan = null;
        Volatile.Write(ref _backlogBytes, 0);
        Volatile.Write(ref _reclaimedBytes, _reclaimedBytes + Math.Max(0, _roundBytes - _copiedInRound));
        loop.RequestCheckpoint();
    }

    private void Read(PayloadRef location, Span<byte> destination) =>
        loop.Journal.Read(new LogPosition(location.Segment, location.Offset), destination);
}
