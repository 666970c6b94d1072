using System.Buffers.Binary;
using System.IO.Hashing;

namespace Weir.Journal;

// A frame on disk, version 1. All integers are little-endian; a frame starts at a multiple of 8 bytes.
//
//   0        8         12       16         24          32      36       40
//   | salt   | CRC-32C | length | sequence | now       | epoch | count  | records ... | zeros to a multiple of 8 |
//   | u64    | u32     | u32    | u64      | i64 ms    | u32   | u32    | length bytes|                          |
//
// salt    of the segment's present use, in clear: where it is missing there is no frame. It is random and never leaves
//         the journal, so no message can hold a forged frame, and a search for it finds every frame in a segment.
// CRC     over the segment's number and salt, then over everything from `length` to the end of the zeros. A frame of
//         an earlier use of the same file therefore cannot pass.
// epoch   rises with each opening of the log and never falls within it.
internal static class FrameFormat
{
    public const int HeaderBytes = 40;
    public const int Alignment = 8;

    private const int CrcStart = 12;

    public static int AlignedBytes(int recordsLength) =>
        (HeaderBytes + recordsLength + Alignment - 1) & ~(Alignment - 1);

    // Completes a frame whose records already lie behind the room for the header.
    public static ReadOnlySpan<byte> Seal(Span<byte> buffer, in FrameHeader header, uint segment, ulong salt, Crc32 crc)
    {
        var frame = buffer[..AlignedBytes(header.RecordsLength)];
        frame[(HeaderBytes + header.RecordsLength)..].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(frame, salt);
        BinaryPrimitives.WriteInt32LittleEndian(frame[12..], header.RecordsLength);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[16..], header.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(frame[24..], header.NowUnixMs);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[32..], header.Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(frame[36..], header.RecordCount);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Checksum(frame, segment, salt, crc));
        return frame;
    }

    // The length that a header claims, or null where it cannot be a frame of this salt with so much room left.
    public static int? ClaimedBytes(ReadOnlySpan<byte> header, ulong? salt, long room)
    {
        if (header.Length < HeaderBytes || (salt is { } expected && Salt(header) != expected))
            return null;
        var recordsLength = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (recordsLength == 0 || recordsLength > room - HeaderBytes)
            return null;
        var bytes = AlignedBytes((int)recordsLength);
        return bytes <= room ? bytes : null;
    }

    public static ulong Salt(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64LittleEndian(header);

    public static bool IsIntact(ReadOnlySpan<byte> frame, uint segment, ulong salt, Crc32 crc) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]) == Checksum(frame, segment, salt, crc)
        && BinaryPrimitives.ReadInt32LittleEndian(frame[36..]) > 0;

    public static FrameHeader ReadHeader(ReadOnlySpan<byte> frame) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(frame[16..]),
        BinaryPrimitives.ReadInt64LittleEndian(frame[24..]),
        BinaryPrimitives.ReadInt32LittleEndian(frame[36..]),
        BinaryPrimitives.ReadInt32LittleEndian(frame[12..]),
        BinaryPrimitives.ReadUInt32LittleEndian(frame[32..]));

    public static Crc32 NewCrc() => new(Crc32ParameterSet.Crc32C);

    private static uint Checksum(ReadOnlySpan<byte> frame, uint segment, ulong salt, Crc32 crc)
    {
        Span<byte> seed = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(seed, segment);
        BinaryPrimitives.WriteUInt64LittleEndian(seed[4..], salt);
        crc.Reset();
        crc.Append(seed);
        crc.Append(frame[CrcStart..]);
        return crc.GetCurrentHashAsUInt32();
    }
}
