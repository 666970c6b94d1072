using System.Buffers.Binary;

namespace Weir.Journal;

// A checkpoint file, version 2, little-endian:
//
//   0          8         12       16         24        28       32      36     40     48
//   | WEIRCKPT | version | needed | sequence | segment | offset | epoch | zero | body | needed numbers | body | CRC |
//   | 8 bytes  | u32     | u32    | u64      | u32     | u32    | u32   | u32  | u64  | u32 each       |      | u32 |
//
// sequence         of the last frame that the body covers; also in the file's name
// segment, offset  where the first frame lies that the body does not cover
// needed           how many older segments the body refers to; without one of them the log is damaged
// body             its length in bytes
// CRC              CRC-32C of the body, then of everything before the body
internal sealed record CheckpointHeader(
    ulong Sequence, LogPosition Next, uint Epoch, IReadOnlyList<uint> NeededSegments, long BodyBytes)
{
    public const int FixedBytes = 48;
    public const int TrailerBytes = 4;

    private const uint Version = 2;

    private static ReadOnlySpan<byte> Magic => "WEIRCKPT"u8;

    public int EncodedBytes => FixedBytes + NeededSegments.Count * sizeof(uint);

    public byte[] Encode()
    {
        var bytes = new byte[EncodedBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), NeededSegments.Count);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(24), Next.Segment);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Next.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), BodyBytes);
        for (var i = 0; i < NeededSegments.Count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(FixedBytes + i * sizeof(uint)), NeededSegments[i]);
        return bytes;
    }

    // The lengths inside must add up to the file's own before anything is allocated by them.
    public static CheckpointHeader Read(IDiskFile file, string path)
    {
        Span<byte> head = stackalloc byte[FixedBytes];
        var length = file.Length;
        if (file.Read(0, head) < FixedBytes || !head.StartsWith(Magic))
            throw new JournalCorruptException(path, 0, "it is not a checkpoint.");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (version != Version)
            throw new JournalCorruptException(path, 8, $"its format version is {version}; this build reads {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[36..]) != 0)
            throw new JournalCorruptException(path, 36, "a part of it that is always zero is not.");
        var neededBytes = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) * (long)sizeof(uint);
        var bodyBytes = BinaryPrimitives.ReadInt64LittleEndian(head[40..]);
        var rest = length - FixedBytes - TrailerBytes - neededBytes;
        if (rest < 0 || bodyBytes != rest || neededBytes > Array.MaxLength)
            throw new JournalCorruptException(path, 12, $"its lengths do not add up to the file's {length} bytes.");

        var needed = new byte[neededBytes];
        if (file.Read(FixedBytes, needed) < needed.Length)
            throw new JournalCorruptException(path, FixedBytes, "it ends within its list of segments.");
        var numbers = new uint[needed.Length / sizeof(uint)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(needed.AsSpan(i * sizeof(uint)));
        return new CheckpointHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(head[16..]),
            new LogPosition(
                BinaryPrimitives.ReadUInt32LittleEndian(head[24..]),
                BinaryPrimitives.ReadUInt32LittleEndian(head[28..])),
            BinaryPrimitives.ReadUInt32LittleEndian(head[32..]),
            numbers,
            bodyBytes);
    }
}
