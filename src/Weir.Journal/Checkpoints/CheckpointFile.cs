using System.Buffers;
using System.Globalization;

namespace Weir.Journal;

// Writes and reads checkpoint files. A checkpoint gets its name only when it is whole and synced, so an invalid one
// under a checkpoint's name is damage, never an interrupted write.
internal static class CheckpointFile
{
    private const string Prefix = "checkpoint-";
    private const string Suffix = ".ckpt";

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
        IDisk disk, string directory, CheckpointHeader header, Action<IBufferWriter<byte>> writeBody)
    {
        var path = Path.Combine(directory, FileName(header.Sequence));
        var temporaryPath = path + SegmentFactory.TemporarySuffix;
        IDiskFile? file = null;
        try
        {
            file = disk.Create(temporaryPath);
            var writer = new CheckpointWriter(file, header.EncodedBytes);
            writeBody(writer);
            writer.Complete((header with { BodyBytes = writer.Length }).Encode());
        }
        catch (JournalDiskException exception) when (exception.IsDiskFull)
        {
            file?.Dispose();
            disk.Delete(temporaryPath);
            throw;
        }
        file.Dispose();
        disk.Rename(temporaryPath, path);
        disk.SyncDirectory(directory);
        DeleteOlder(disk, directory, header.Sequence);
    }

    public static void DeleteOlder(IDisk disk, string directory, ulong sequence)
    {
        foreach (var name in disk.List(directory).Where(name => SequenceOf(name) < sequence))
            disk.Delete(Path.Combine(directory, name));
    }

    public static CheckpointHeader Read(
        IDisk disk, string directory, ulong sequence, Action<CheckpointReader> readBody)
    {
        var path = Path.Combine(directory, FileName(sequence));
        using var file = disk.Open(path);
        var header = CheckpointHeader.Read(file, path);
        var reader = new CheckpointReader(file, path, header);
        if (header.Sequence != sequence)
            throw new JournalCorruptException(path, 16, $"it is of sequence {header.Sequence}, and named otherwise.");
        readBody(reader);
        return header;
    }
}
