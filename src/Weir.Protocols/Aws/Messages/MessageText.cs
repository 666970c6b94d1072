using System.Buffers;

namespace Weir.Protocols.Aws.Messages;

/// <summary>The characters that a message may carry, which are those of XML 1.0.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
//   #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF
// In valid UTF-8, which the codecs have seen to, only the control characters and U+FFFE and U+FFFF are left to find.
internal static class MessageText
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (byte)i).Where(b => b is not (0x9 or 0xA or 0xD))]);

    /// <summary>What U+FFFE and U+FFFF begin with, and U+FFC0 to U+FFFD too.</summary>
    private static ReadOnlySpan<byte> Noncharacter => [0xEF, 0xBF];

    public static bool IsAllowed(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(Forbidden)) return false;
        while (utf8.IndexOf(Noncharacter) is var at and >= 0)
        {
            if (utf8[at + 2] >= 0xBE) return false;
            utf8 = utf8[(at + 3)..];
        }

        return true;
    }
}
