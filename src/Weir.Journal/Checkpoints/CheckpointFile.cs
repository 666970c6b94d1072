using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Weir.Journal;

// Writes and reads checkpoint files. A checkpoint gets its name only when it is whole and synced, so an invalid one
// under a checkpoint's name is damage, never an interrupted write.
internal static class CheckpointFile
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".ckpt";
    private const int ReadBytes = 1 << 20;

    public static string FileName(ulong sequence) =>
        Prefix + sequence.ToString("D20", CultureInfo.InvariantCulture) + Suffix;

    public static ulong? SequenceOf(string fileName) =>
        fileName.StartsWith(Prefix, StringComparison.Ordinal)
        && fileName.EndsWith(Suffix, StringComparison.Ordinal)
        && fileName.AsSpan()[Prefix.Length..^Suffix.Length] is var digits
        && ulong.TryParse(digits, CultureInfo.InvariantCulture, out var sequence)
        && FileName(sequence) == fileName
            ? sequence
            : null;

    public static void Write(
        IDisk disk, string directory, CheckpointHeader header, IEnumerable<ReadOnlyMemory<byte>> body)
    {
        var path = Path.Combine(directory, FileName(header.Sequence));
        var temporaryPath = path + SegmentFactory.TemporarySuffix;
        try
        {
            using var file = disk.Create(temporaryPath);
            WriteContent(file, header.Encode(), body);
            file.Sync();
        }
        catch (JournalDiskException exception) when (exception.IsDiskFull)
        {
            disk.Delete(temporaryPath);
            throw;
        }
        disk.Rename(temporaryPath, path);
        disk.SyncDirectory(directory);
        DeleteOlder(disk, directory, header.Sequence);
    }

    public static void DeleteOlder(IDisk disk, string directory, ulong sequence)
    {
        foreach (var name in disk.List(directory).Where(name => SequenceOf(name) < sequence))
            disk.Delete(Path.Combine(directory, name));
    }

    public static (CheckpointHeader Header, ReadOnlySequence<byte> Body) Read(
        IDisk disk, string directory, ulong sequence)
    {
        var path = Path.Combine(directory, FileName(sequence));
        using var file = disk.Open(path);
        var header = CheckpointHeader.Read(file, path);
        var crc = FrameFormat.NewCrc();
        var offset = 0L;
        _ = ReadPart(header.EncodedBytes);
        var chunks = new List<byte[]>();
        for (var left = header.BodyBytes; left > 0; left -= chunks[^1].Length)
            chunks.Add(ReadPart((int)Math.Min(ReadBytes, left)));
        var expected = crc.GetCurrentHashAsUInt32();
        if (BinaryPrimitives.ReadUInt32LittleEndian(ReadPart(CheckpointHeader.TrailerBytes)) != expected
            || header.Sequence != sequence)
            throw new JournalCorruptException(path, 0, "its checksum does not match its content.");
        return (header, BodySegment.Join(chunks));

        byte[] ReadPart(int bytes)
        {
            var part = new byte[bytes];
            if (file.Read(offset, part) < bytes)
                throw new JournalCorruptException(path, offset, "it ends too early.");
            crc.Append(part);
            offset += bytes;
            return part;
        }
    }

    private static void WriteContent(IDiskFile file, byte[] head, IEnumerable<ReadOnlyMemory<byte>> body)
    {
        var crc = FrameFormat.NewCrc();
        var offset = 0L;
        foreach (var part in body.Prepend(head))
        {
            if (part.Length == 0)
                continue;
            crc.Append(part.Span);
            file.Write(offset, part.Span);
            offset += part.Length;
        }
        var trailer = new byte[CheckpointHeader.TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc.GetCurrentHashAsUInt32());
        file.Write(offset, trailer);
    }
}
