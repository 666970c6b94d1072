namespace Weir.Journal;

// The segment files of a directory, opened: by number where the header is intact, else apart.
internal sealed class SegmentInventory : IDisposable
{
    private readonly Dictionary<uint, Segment> _byNumber = [];
    private readonly List<Segment> _unreadable = [];

    public SegmentInventory(IDisk disk, string directory, IEnumerable<string> names)
    {
        try
        {
            foreach (var (slot, path) in names.Select(name => (Segment.SlotOf(name), Path.Combine(directory, name))))
            {
                if (slot is not null)
                    Add(slot.Value, path, disk.Open(path));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IEnumerable<Segment> All => _byNumber.Values.Concat(_unreadable);

    public IReadOnlyList<Segment> Unreadable => _unreadable;

    public Segment? Find(uint number) => _byNumber.GetValueOrDefault(number);

    public void Read(LogPosition position, Span<byte> destination)
    {
        var segment = Find(position.Segment) ?? throw new JournalCorruptException(string.Empty, position.Offset,
            $"the log refers to segment {position.Segment}, and no file has an intact header with that number.");
        segment.ReadWhole(position.Offset, destination);
    }

    public void Dispose()
    {
        foreach (var segment in All)
            segment.Dispose();
    }

    private void Add(int slot, string path, IDiskFile file)
    {
        // Listed before it is judged, so that Dispose closes it whatever it turns out to be.
        var segment = new Segment(slot, path, file, default);
        _unreadable.Add(segment);

        // A segment gets its name only when it is whole, so a file as short as this has been cut.
        if (file.Length < SegmentHeader.FramesOffset)
            throw new JournalCorruptException(path, file.Length, "the file is too short for a segment.");
        Span<byte> bytes = stackalloc byte[SegmentHeader.EncodedBytes];
        var read = file.Read(0, bytes);
        if (SegmentHeader.Decode(bytes[..read], path) is not { } header)
            return;
        if (_byNumber.TryGetValue(header.Number, out var other))
            throw new JournalCorruptException(path, 12, $"{other.Path} claims to be segment {header.Number} too.");
        _unreadable.Remove(segment);
        _byNumber.Add(header.Number, new Segment(slot, path, file, header));
    }
}
