using System.Buffers;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The URI encoding of signatures: every byte but <c>A-Z a-z 0-9 - . _ ~</c> becomes % and two upper-case hex digits.
/// </summary>
internal static class UriEncoding
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    private static readonly SearchValues<byte> UnreservedOrSlash =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"u8);

    public static void Encode(IBufferWriter<byte> output, ReadOnlySpan<byte> text) => Encode(output, text, Unreserved);

    public static void EncodePath(IBufferWriter<byte> output, ReadOnlySpan<byte> text) =>
        Encode(output, text, UnreservedOrSlash);

    /// <summary>
    /// Undoes a form's encoding in place and returns the length. A plus sign is a space, as it is to the reader of the
    /// operation's parameters: what verifies must be what is then read. A stray percent sign stands for itself.
    /// </summary>
    public static int DecodeForm(Span<byte> text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i] == '+' ? (byte)' ' : text[i];
            if (value == '%' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                value = (byte)((FromHex(text[i + 1]) << 4) | FromHex(text[i + 2]));
                i += 2;
            }

            text[length++] = value;
        }

        return length;
    }

    private static void Encode(IBufferWriter<byte> output, ReadOnlySpan<byte> text, SearchValues<byte> kept)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(kept);
            if (plain < 0) plain = text.Length;
            output.Write(text[..plain]);
            if (plain == text.Length) return;

            var escaped = output.GetSpan(3);
            escaped[0] = (byte)'%';
            escaped[1] = ToHex(text[plain] >> 4);
            escaped[2] = ToHex(text[plain] & 15);
            output.Advance(3);
            text = text[(plain + 1)..];
        }
    }

    private static bool IsHex(byte c) => char.IsAsciiHexDigit((char)c);

    private static int FromHex(byte c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static byte ToHex(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
