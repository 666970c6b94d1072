using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Weir.Broker.Messages;
using Weir.Protocols.Aws.Codec;
using Weir.Protocols.Aws.Messages;

namespace Weir.Protocols.Sqs.Messages;

/// <summary>The MD5 digests by which clients check what SQS received and sent.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
//   attributes, sorted by name, each:
//     length | name | length | data type | 1 (text) or 2 (binary) | length | value          lengths: 4 bytes big-endian
[SuppressMessage("Security", "CA5351", Justification = "The protocol prescribes MD5, as a checksum.")]
internal static class Md5Digest
{
    private const int LengthBytes = sizeof(int);
    private const byte TextMark = 1;
    private const byte BinaryMark = 2;

    public static void Write(AnswerWriter answer, Member member, ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Span<byte> text = stackalloc byte[MD5.HashSizeInBytes * 2];
        _ = MD5.HashData(bytes, digest);
        _ = Convert.TryToHexStringLower(digest, text, out _);
        answer.Text(member, text);
    }

    public static void Write(AnswerWriter answer, Member member, IReadOnlyList<MessageAttribute> attributes)
    {
        var sorted = new MessageAttribute[attributes.Count];
        var length = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = attributes[i];
            length += EncodedLength(sorted[i]);
        }

        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var rest = buffer.AsSpan(0, length);
        foreach (var attribute in sorted) rest = rest[Encode(attribute, rest)..];
        Write(answer, member, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static int EncodedLength(MessageAttribute attribute) =>
        (3 * LengthBytes) + 1 + Encoding.UTF8.GetByteCount(attribute.Name)
        + Encoding.UTF8.GetByteCount(attribute.DataType) + attribute.Value.Length;

    private static int Encode(MessageAttribute attribute, Span<byte> destination)
    {
        var at = EncodeText(attribute.Name, destination);
        at += EncodeText(attribute.DataType, destination[at..]);
        destination[at++] = AttributeType.IsBinary(attribute.DataType) ? BinaryMark : TextMark;
        BinaryPrimitives.WriteInt32BigEndian(destination[at..], attribute.Value.Length);
        at += LengthBytes;
        attribute.Value.Span.CopyTo(destination[at..]);
        return at + attribute.Value.Length;
    }

    private static int EncodeText(string text, Span<byte> destination)
    {
        var length = Encoding.UTF8.GetBytes(text, destination[LengthBytes..]);
        BinaryPrimitives.WriteInt32BigEndian(destination, length);
        return LengthBytes + length;
    }
}
