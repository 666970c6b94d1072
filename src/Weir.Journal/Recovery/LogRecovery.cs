namespace Weir.Journal;

// Recovery: the newest checkpoint, then every frame after it, up to the end of the log.
//
// The end is the first place without an intact frame, in the newest segment that holds one. It may be a torn write or
// damage, and the two are told apart by this invariant:
//
//   Behind the end of the log stands at most one mark of a frame (the salt of its segment): at the end itself, or at
//   the start of the next segment.
//
//   - Running: one frame is in flight at a time. Nothing is written behind it before it is durable.
//   - Recycling: a new salt, synced before the first frame, voids every older mark in the file.
//   - Opening: Seal() overwrites the mark at the end with zeros and syncs before the first new frame. The remains of a
//     torn frame thereby lose their only mark; what a later, shorter frame leaves of them is records, and records
//     cannot hold a salt that nobody outside the journal has seen. A torn frame in the next segment keeps its mark
//     until that segment is stamped anew, before its first use; until then no byte of it changes, so it stays torn.
//
// Therefore a mark anywhere else behind the end, intact or not, proves that a frame which was once durable is damaged,
// and no frame of an earlier life can become part of the log again.
//
// Seal() also writes the last frame again, byte for byte: after a failed sync the page cache may hold a frame that the
// disk does not have, and call it clean. Only the last frame can be such a one. Rewritten and synced, it is durable
// before anybody is told about it.
internal sealed class LogRecovery(IDisk disk, JournalOptions options, JournalReplay replay)
{
    private readonly SegmentReader _reader = new();
    private ulong _lastSequence;
    private uint _lastEpoch;
    private long _replayedBytes;
    private (uint Segment, uint Offset, int Bytes) _lastFrame;

    public RecoveredLog Run()
    {
        disk.CreateDirectory(options.Directory);
        var names = ForgetTemporaries(disk.List(options.Directory));

        // What an earlier process renamed without having been able to sync is made durable before it is relied on.
        disk.SyncDirectory(options.Directory);
        var checkpoint = ReadCheckpoint(names);
        var inventory = new SegmentInventory(disk, options.Directory, names);
        replay.Read = inventory.Read;
        try
        {
            var start = checkpoint?.Next ?? new LogPosition(1, SegmentHeader.FramesOffset);
            var needed = checkpoint is null ? [] : Needed(checkpoint, inventory);
            var end = ReplayFrom(start, inventory);
            RequireNothingBehind(end?.Segment ?? 0, inventory);
            if (end is not null)
                Seal(inventory.Find(end.Value.Segment)!, end.Value.Offset);
            var log = inventory.All
                .ToLookup(segment => needed.Contains(segment.Number)
                    || (segment.Number >= start.Segment && segment.Number <= end?.Segment));
            return new RecoveredLog(
                [.. log[true]], [.. log[false]], end, _lastSequence, _lastEpoch, _replayedBytes);
        }
        catch
        {
            inventory.Dispose();
            throw;
        }
    }

    private List<string> ForgetTemporaries(IReadOnlyList<string> names)
    {
        var temporaries = names.Where(name =>
            name.EndsWith(SegmentFactory.TemporarySuffix, StringComparison.Ordinal)
            && name[..^SegmentFactory.TemporarySuffix.Length] is var target
            && (Segment.SlotOf(target) ?? (object?)CheckpointFile.SequenceOf(target)) is not null).ToList();
        foreach (var name in temporaries)
            disk.Delete(Path.Combine(options.Directory, name));
        return [.. names.Except(temporaries)];
    }

    private CheckpointHeader? ReadCheckpoint(List<string> names)
    {
        if (names.Max(CheckpointFile.SequenceOf) is not { } newest)
            return null;
        var header = CheckpointFile.Read(disk, options.Directory, newest, replay.OnCheckpoint);
        CheckpointFile.DeleteOlder(disk, options.Directory, newest);
        (_lastSequence, _lastEpoch) = (header.Sequence, header.Epoch);
        return header;
    }

    private HashSet<uint> Needed(CheckpointHeader checkpoint, SegmentInventory inventory)
    {
        var path = Path.Combine(options.Directory, CheckpointFile.FileName(checkpoint.Sequence));
        foreach (var number in checkpoint.NeededSegments.Append(checkpoint.Next.Segment))
        {
            if (inventory.Find(number) is not { } segment)
            {
                var suspect = inventory.Unreadable is [var first, ..] ? first.Path : path;
                throw new JournalCorruptException(suspect, 0,
                    $"the checkpoint needs segment {number}, and no file has an intact header with that number.");
            }
            RequireWhole(segment);
        }
        var (next, bytes) = (checkpoint.Next, inventory.Find(checkpoint.Next.Segment)!.Header.Bytes);
        if (next.Offset < SegmentHeader.FramesOffset || next.Offset > bytes || next.Offset % FrameFormat.Alignment != 0)
            throw new JournalCorruptException(path, 28, $"no frame can lie at offset {next.Offset} of a segment.");
        return [.. checkpoint.NeededSegments];
    }

    // Null when there is no first segment.
    private LogPosition? ReplayFrom(LogPosition start, SegmentInventory inventory)
    {
        if (inventory.Find(start.Segment) is not { } segment)
            return null;
        RequireWhole(segment);
        _reader.Select(segment);
        var offset = start.Offset;
        while (true)
        {
            if (_reader.Frame(offset) is { IsEmpty: false } frame)
            {
                Replay(frame, new LogPosition(segment.Number, offset));
                offset += (uint)frame.Length;
                continue;
            }
            if (_reader.FindMark(offset + FrameFormat.Alignment) is { } mark)
                throw new JournalCorruptException(segment.Path, offset,
                    $"the frame after sequence {_lastSequence} is not intact, but a later one is at offset {mark}.");
            if (inventory.Find(segment.Number + 1) is not { } next)
                return new LogPosition(segment.Number, offset);
            RequireWhole(next);
            _reader.Select(next);
            if (_reader.Frame(SegmentHeader.FramesOffset).IsEmpty)
                return new LogPosition(segment.Number, offset);
            (segment, offset) = (next, SegmentHeader.FramesOffset);
        }
    }

    private void Replay(ReadOnlySpan<byte> frame, LogPosition position)
    {
        var header = FrameFormat.ReadHeader(frame);
        if (header.Sequence != _lastSequence + 1)
            throw new JournalCorruptException(_reader.Segment.Path, position.Offset,
                $"the frame has sequence {header.Sequence}; {_lastSequence + 1} must follow here.");
        if (header.Epoch < _lastEpoch || header.Epoch == uint.MaxValue)
            throw new JournalCorruptException(_reader.Segment.Path, position.Offset,
                $"the frame has epoch {header.Epoch} after epoch {_lastEpoch}.");
        (_lastSequence, _lastEpoch) = (header.Sequence, header.Epoch);
        _lastFrame = (position.Segment, position.Offset, frame.Length);
        _replayedBytes += frame.Length;
        replay.OnFrame(header, frame.Slice(FrameFormat.HeaderBytes, header.RecordsLength),
            position with { Offset = position.Offset + FrameFormat.HeaderBytes });
    }

    private void RequireNothingBehind(uint endSegment, SegmentInventory inventory)
    {
        foreach (var segment in inventory.Unreadable)
        {
            _reader.Select(segment);
            if (_reader.HasFirstFrameOf(endSegment + 1) || _reader.HasFirstFrameOf(endSegment + 2))
                throw new JournalCorruptException(segment.Path, 0,
                    $"its header is damaged, but it holds frames that follow sequence {_lastSequence}.");
        }
        foreach (var segment in inventory.All.Where(segment => segment.Number > endSegment).OrderBy(s => s.Number))
        {
            RequireWhole(segment);
            _reader.Select(segment);

            // Only the segment right behind the end may hold a torn frame, and only as its first.
            var mayBeTorn = segment.Number == endSegment + 1 && _reader.Frame(SegmentHeader.FramesOffset).IsEmpty;
            var from = SegmentHeader.FramesOffset + (mayBeTorn ? FrameFormat.Alignment : 0);
            if (_reader.FindMark(from) is { } mark)
                throw new JournalCorruptException(segment.Path, mark,
                    $"there is a frame here, but the log ends in segment {endSegment} with sequence {_lastSequence}.");
        }
    }

    private void Seal(Segment segment, uint offset)
    {
        if (_lastFrame.Segment == segment.Number)
        {
            _reader.Select(segment);
            segment.File.Write(_lastFrame.Offset, _reader.Frame(_lastFrame.Offset));
        }
        var room = (int)Math.Min(FrameFormat.HeaderBytes, segment.Header.Bytes - offset);
        segment.File.Write(offset, new byte[room]);
        segment.File.Sync();
    }

    private static void RequireWhole(Segment segment)
    {
        var length = segment.File.Length;
        if (length != segment.Header.Bytes)
            throw new JournalCorruptException(segment.Path, length,
                $"the file has {length} bytes, and its header says {segment.Header.Bytes}.");
    }
}
