using System.Buffers.Binary;

namespace Weir.Journal;

// The head of a segment file, version 1, little-endian:
//
//   0           8         12       16       24      28
//   | WEIRSEG1  | version | number | salt   | bytes | CRC-32C of the 28 bytes before | zeros to 4,096 | frames ...
//   | 8 bytes   | u32     | u32    | u64    | u32   | u32                            |
//
// The number is the segment's place in the log, counting from 1. A recycled file gets a new number and a new salt by
// this header alone; its old frames stay where they are and match neither. The header fits one 512-byte sector, and
// frames begin on the next page, so rewriting it can never touch a frame.
internal readonly record struct SegmentHeader(uint Number, ulong Salt, uint Bytes)
{
    public const int EncodedBytes = 32;
    public const uint FramesOffset = 4096;

    private const uint Version = 1;

    private static ReadOnlySpan<byte> Magic => "WEIRSEG1"u8;

    public void Encode(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], Number);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Salt);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[24..], Bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[28..], Checksum(destination));
    }

    // Null when it is not a header; a header of a version that this build does not know is an error of its own.
    public static SegmentHeader? Decode(ReadOnlySpan<byte> source, string file)
    {
        if (source.Length < EncodedBytes
            || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[28..]) != Checksum(source))
            return null;
        var version = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        if (version != Version)
            throw new JournalCorruptException(file, 8, $"its format version is {version}; this build reads {Version}.");
        var number = BinaryPrimitives.ReadUInt32LittleEndian(source[12..]);
        if (number is 0 or uint.MaxValue)
            return null;
        return new SegmentHeader(
            number,
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[24..]));
    }

    private static uint Checksum(ReadOnlySpan<byte> header)
    {
        var crc = FrameFormat.NewCrc();
        crc.Append(header[..28]);
        return crc.GetCurrentHashAsUInt32();
    }
}
