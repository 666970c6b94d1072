using System.Text;

namespace Weir.Broker.Routing.Patterns;

/// <summary>Texts that differ in case only become the same text.</summary>
internal static class CaseFold
{
    /// <summary>A character that is no UTF-8 becomes the replacement character, of three bytes.</summary>
    public static int LengthMax(int length) => 3 * length;

    public static byte[] Fold(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var folded = new byte[LengthMax(bytes.Length)];
        return folded[..Fold(bytes, folded)];
    }

    public static int Fold(ReadOnlySpan<byte> text, Span<byte> folded)
    {
        var length = 0;
        while (!text.IsEmpty)
        {
            if (text[0] < 0x80)
            {
                folded[length++] = (byte)char.ToUpperInvariant((char)text[0]);
                text = text[1..];
                continue;
            }

            _ = Rune.DecodeFromUtf8(text, out var rune, out var consumed);
            length += Rune.ToUpperInvariant(rune).EncodeToUtf8(folded[length..]);
            text = text[consumed..];
        }

        return length;
    }
}
