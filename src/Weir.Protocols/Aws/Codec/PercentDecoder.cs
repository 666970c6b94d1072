using System.Buffers.Text;

namespace Weir.Protocols.Aws.Codec;

/// <summary>Undoes <c>application/x-www-form-urlencoded</c>: <c>+</c> is a space, <c>%xx</c> a byte.</summary>
// https://url.spec.whatwg.org/#urlencoded-parsing
internal static class PercentDecoder
{
    /// <param name="text">Encoded bytes.</param>
    /// <param name="destination">At least as long as <paramref name="text"/>; decoding never lengthens.</param>
    /// <param name="written">How many bytes were written.</param>
    /// <returns>False when a percent sign is not followed by two hexadecimal digits.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny((byte)'%', (byte)'+');
            if (plain < 0) plain = text.Length;
            text[..plain].CopyTo(destination[written..]);
            written += plain;
            text = text[plain..];
            if (text.IsEmpty) break;
            if (text[0] == '+')
            {
                destination[written++] = (byte)' ';
                text = text[1..];
                continue;
            }

            if (!TryHex(text, out destination[written])) return false;
            written++;
            text = text[3..];
        }

        return true;
    }

    private static bool TryHex(ReadOnlySpan<byte> escape, out byte value)
    {
        value = 0;
        if (escape.Length < 3) return false;
        return Utf8Parser.TryParse(escape.Slice(1, 2), out value, out var consumed, 'x') && consumed == 2;
    }
}
