namespace Weir.Journal;

// Makes segments: from a spare by a new header, else from a new file. A new file is zeroed under a temporary name and
// renamed when it is whole, so a file with a segment's name always has its full size. Zeroing it once lets every later
// fdatasync find its blocks allocated, which halves what it costs.
internal sealed class SegmentFactory(IDisk disk, JournalOptions options, IEnumerable<int> usedSlots)
{
    public const string TemporarySuffix = ".tmp";

    // Large enough to keep the disk streaming, small enough to be of no weight.
    private const int ZeroBytesPerWrite = 1 << 20;

    private const int FirstSegmentBytesLeast = 16 << 20;

    private readonly SortedSet<int> _usedSlots = [.. usedSlots];
    private readonly Lock _slotsGate = new();

    public Segment Make(uint number, Segment? spare)
    {
        var bytes = number == 1 ? Math.Min(options.SegmentBytes, FirstSegmentBytes()) : options.SegmentBytes;
        var header = new SegmentHeader(number, disk.NewSalt(), (uint)bytes);
        if (spare is null)
            return Create(header);
        spare.Stamp(header);
        return spare;
    }

    // Synced, because its number may be given to another file next: if the power failed and the name came back, two
    // files would claim to be the same segment.
    public void Delete(Segment segment)
    {
        segment.Dispose();
        disk.Delete(segment.Path);
        disk.SyncDirectory(options.Directory);
        lock (_slotsGate)
            _usedSlots.Remove(segment.Slot);
    }

    private Segment Create(SegmentHeader header)
    {
        var slot = TakeSlot();
        var path = Path.Combine(options.Directory, Segment.FileName(slot));
        var temporaryPath = path + TemporarySuffix;
        IDiskFile? file = null;
        try
        {
            file = disk.Create(temporaryPath);
            Zero(file, header.Bytes);
            var segment = new Segment(slot, path, file, header);
            segment.Stamp(header);
            disk.Rename(temporaryPath, path);
            disk.SyncDirectory(options.Directory);
            return segment;
        }
        catch (JournalDiskException exception) when (exception.IsDiskFull)
        {
            // A full disk is foreseen; what was taken must be given back, or nothing else could be written either.
            file?.Dispose();
            disk.Delete(temporaryPath);
            lock (_slotsGate)
                _usedSlots.Remove(slot);
            throw;
        }
    }

    // Synced piece by piece: all at once would push the whole segment through the disk in front of the frames' syncs.
    private static void Zero(IDiskFile file, uint bytes)
    {
        var zeros = new byte[Math.Min(ZeroBytesPerWrite, bytes)];
        for (long offset = 0; offset < bytes; offset += zeros.Length)
        {
            file.Write(offset, zeros.AsSpan(0, (int)Math.Min(zeros.Length, bytes - offset)));
            file.Sync();
        }
    }

    // An empty directory's first start waits for its first segment, so that one is small.
    private int FirstSegmentBytes() => Math.Max(FirstSegmentBytesLeast, (options.FrameBytesMax * 2) + (2 * 4096));

    private int TakeSlot()
    {
        lock (_slotsGate)
        {
            var slot = 1;
            while (!_usedSlots.Add(slot))
                slot++;
            return slot;
        }
    }
}
