namespace Weir.Journal;

// One file of the log. Its slot (the number in the file's name) stays; its header changes each time it is recycled.
internal sealed class Segment(int slot, string path, IDiskFile file, SegmentHeader header) : IDisposable
{
    private const string Prefix = "segment-";
    private const string Suffix = ".log";

    public int Slot { get; } = slot;

    public string Path { get; } = path;

    public IDiskFile File { get; } = file;

    public SegmentHeader Header { get; private set; } = header;

    public uint Number => Header.Number;

    // How many readers keep it from being recycled; guarded by the lock of SegmentPool.
    public int Pins { get; set; }

    public static string FileName(int slot) => $"{Prefix}{slot:D4}{Suffix}";

    public static int? SlotOf(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal)
        && fileName.EndsWith(Suffix, StringComparison.Ordinal)
        && int.TryParse(fileName.AsSpan()[Prefix.Length..^Suffix.Length], out var slot)
        && slot >= 0
        && FileName(slot) == fileName
            ? slot
            : null;

    // Makes the file the given segment of the log, durably. With the new salt every old frame in it is void.
    public void Stamp(SegmentHeader header)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.EncodedBytes];
        header.Encode(bytes);
        File.Write(0, bytes);
        File.Sync();
        Header = header;
    }

    public void ReadWhole(uint offset, Span<byte> destination)
    {
        var read = File.Read(offset, destination);
        if (read < destination.Length)
            throw new JournalCorruptException(Path, offset + read,
                $"{destination.Length} bytes were asked for and only {read} are there.");
    }

    public void Dispose() => File.Dispose();
}
