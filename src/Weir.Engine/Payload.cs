using System.Buffers.Binary;
using System.IO.Hashing;
using Weir.Engine.State;

namespace Weir.Engine;

/// <summary>A number that a content is given as it is stored, little-endian in 8 bytes that it has for it.</summary>
public readonly record struct Stamp(int At, long Value);

/// <summary>
/// A message's content as it is stored: its checksum and its bytes. The checksum is tested again at each read, since
/// the content is read back from the log long after the frame around it was checked.
/// </summary>
//   0         4
//   +---------+------------------+
//   | crc32c  | content          |
//   +---------+------------------+
public static class Payload
{
    private const int ChecksumLength = sizeof(uint);

    public static int StoredLength(int contentLength) => ChecksumLength + contentLength;

    public static void Write(ReadOnlySpan<byte> content, Span<byte> destination, Stamp? stamp = null)
    {
        var stored = destination.Slice(ChecksumLength, content.Length);
        content.CopyTo(stored);
        if (stamp is { } number) BinaryPrimitives.WriteInt64LittleEndian(stored[number.At..], number.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Checksum(stored));
    }

    /// <summary>The content within what was stored, or false when it does not match its checksum.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> stored, out ReadOnlyMemory<byte> content)
    {
        content = default;
        if (stored.Length < ChecksumLength) return false;
        content = stored[ChecksumLength..];
        return BinaryPrimitives.ReadUInt32LittleEndian(stored.Span) == Checksum(content.Span);
    }

    /// <summary>Reads a content back.</summary>
    /// <exception cref="StateCorruptException">It does not match its checksum.</exception>
    public static ReadOnlyMemory<byte> Read(PayloadRef location, ReadLog readLog)
    {
        var stored = GC.AllocateUninitializedArray<byte>(StoredLength(location.Length));
        readLog(location, stored);
        return TryRead(stored, out var content)
            ? content
            : throw new StateCorruptException($"what lies at {location.Offset} of segment {location.Segment}, "
                + $"{location.Length} bytes, does not match its checksum");
    }

    private static uint Checksum(ReadOnlySpan<byte> content) =>
        Crc32.HashToUInt32(Crc32ParameterSet.Crc32C, content);
}
