using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using Weir.Engine;

namespace Weir.Protocols.Rest;

/// <summary>What a status URL ends in: which message it is, and where it was put.</summary>
// Layout, little-endian, in base64url:
//   0       8          16          32    36
//   +-------+----------+-----------+-----+
//   | queue | sequence | id        | crc |   crc = CRC-32 of the bytes before it: tells a mangled URL. It is no secret;
//   +-------+----------+-----------+-----+   whoever asks is told of messages of their own account only.
internal readonly record struct MessageToken(MessagePlace Place, Guid MessageId)
{
    private const int IdAt = 2 * sizeof(long);
    private const int ChecksumAt = IdAt + 16;
    private const int Length = ChecksumAt + sizeof(uint);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Place.QueueId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], Place.Sequence);
        MessageId.TryWriteBytes(bytes[IdAt..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Crc32.HashToUInt32(bytes[..ChecksumAt]));
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out MessageToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (Base64Url.GetMaxDecodedLength(text.Length) != Length
            || Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done
            || written != Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Crc32.HashToUInt32(bytes[..ChecksumAt]))
            return false;
        var place = new MessagePlace(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]));
        token = new MessageToken(place, new Guid(bytes.Slice(IdAt, 16)));
        return true;
    }
}
