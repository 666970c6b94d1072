using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;

namespace Weir.Engine;

/// <summary>
/// Names one lease: which message, and the how manyeth receive of it. Text form: base64url of 24 bytes, with a plus in
/// the place of a leading minus, which command lines would take for an option.
/// </summary>
// Layout, little-endian:
//   0        8             16           20      24
//   +--------+-------------+------------+-------+
//   | queue  | sequence    | receives   | crc   |   crc = CRC-32 of the 20 bytes before it: tells a mangled handle
//   +--------+-------------+------------+-------+   from one of another queue. It is no secret; access is the policy's.
public readonly record struct ReceiptHandle(long QueueId, long Sequence, int ReceiveCount)
{
    private const int BytesLength = 24;
    public const int TextLength = 32;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[BytesLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, QueueId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], ReceiveCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], Crc32.HashToUInt32(bytes[..20]));
        var text = Base64Url.EncodeToString(bytes);
        return text[0] == '-' ? $"+{text.AsSpan(1)}" : text;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out ReceiptHandle handle)
    {
        handle = default;
        Span<byte> bytes = stackalloc byte[BytesLength];
        Span<char> plain = stackalloc char[TextLength];
        if (text.Length != TextLength) return false;
        text.CopyTo(plain);
        if (plain[0] == '+') plain[0] = '-';
        if (Base64Url.DecodeFromChars(plain, bytes, out _, out var written) != OperationStatus.Done
            || written != BytesLength
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]) != Crc32.HashToUInt32(bytes[..20]))
            return false;
        handle = new ReceiptHandle(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]));
        return true;
    }
}
