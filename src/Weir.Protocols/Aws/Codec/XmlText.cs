using System.Buffers;
using System.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>Writes character data: the five special characters as entities, what XML cannot carry as U+FFFD.</summary>
// https://www.w3.org/TR/xml/#charsets
// A carriage return is written as a reference, or a parser would turn it into a line feed; so are tabs and line feeds,
// which costs nothing and saves them from parsers that trim.
internal static class XmlText
{
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'&', (byte)'<', (byte)'>', (byte)'"', 0xEF]);

    public static void Write(AnswerBuffer buffer, ReadOnlySpan<char> text)
    {
        var room = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (room <= 1024)
        {
            Span<byte> utf8 = stackalloc byte[1024];
            Write(buffer, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(room);
        Write(buffer, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    public static void Write(AnswerBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAny(Special);
            if (plain < 0)
            {
                buffer.Write(utf8);
                return;
            }

            buffer.Write(utf8[..plain]);
            utf8 = utf8[(plain + WriteSpecial(buffer, utf8[plain..]))..];
        }
    }

    /// <returns>How many bytes were dealt with.</returns>
    private static int WriteSpecial(AnswerBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        switch (utf8[0])
        {
            case (byte)'&': buffer.Write("&amp;"u8); return 1;
            case (byte)'<': buffer.Write("&lt;"u8); return 1;
            case (byte)'>': buffer.Write("&gt;"u8); return 1;
            case (byte)'"': buffer.Write("&quot;"u8); return 1;
            case (byte)'\t': buffer.Write("&#x9;"u8); return 1;
            case (byte)'\n': buffer.Write("&#xA;"u8); return 1;
            case (byte)'\r': buffer.Write("&#xD;"u8); return 1;
            case 0xEF: return WriteThreeBytes(buffer, utf8);
            default: buffer.Write("\uFFFD"u8); return 1;
        }
    }

    // EF BF BE and EF BF BF are U+FFFE and U+FFFF, the only characters above the controls that XML leaves out.
    private static int WriteThreeBytes(AnswerBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        var isForbidden = utf8.Length >= 3 && utf8[1] == 0xBF && utf8[2] >= 0xBE;
        var length = Math.Min(3, utf8.Length);
        buffer.Write(isForbidden ? "\uFFFD"u8 : utf8[..length]);
        return length;
    }
}
