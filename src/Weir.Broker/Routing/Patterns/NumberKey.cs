using System.Buffers.Binary;

namespace Weir.Broker.Routing.Patterns;

/// <summary>
/// A number of any length as bytes that sort and compare as the numbers do: 300, 300.0 and 3.0e2 have one key. So one
/// hash table finds equals, one sorted list finds ranges, and no precision is lost on the way.
/// </summary>
//   zero      1
//   positive  2, the power of ten of the first digit (4 bytes, biased), digits without zeros at the ends
//   negative  0, then the same complemented, then 255, so that the longer of two is the smaller
internal static class NumberKey
{
    private const int ExponentMax = 1 << 30;
    private const byte Negative = 0;
    private const byte Zero = 1;
    private const byte Positive = 2;

    public static int LengthMax(int textLength) => textLength + 1 + sizeof(int) + 1;

    public static byte[]? Encode(ReadOnlySpan<byte> text)
    {
        var key = new byte[LengthMax(text.Length)];
        return TryEncode(text, key, out var length) ? key[..length] : null;
    }

    /// <summary>Digits behind the decimal point of a key that is not zero's.</summary>
    public static int Decimals(ReadOnlySpan<byte> key)
    {
        if (key[0] == Zero) return 0;
        var isNegative = key[0] == Negative;
        var power = BinaryPrimitives.ReadInt32BigEndian(key[1..]);
        power = (isNegative ? ~power : power) - ExponentMax;
        var digits = key.Length - 1 - sizeof(int) - (isNegative ? 1 : 0);
        return Math.Max(0, digits - 1 - power);
    }

    /// <summary>JSON's numbers, and a plus or a missing zero before the point, as a sender of attributes may write.
    /// </summary>
    public static bool TryEncode(ReadOnlySpan<byte> text, Span<byte> key, out int length)
    {
        length = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var digits = key[(1 + sizeof(int))..];
        if (!TryReadDigits(text, ref at, digits, out var count, out var power)) return false;
        if (!TryReadExponent(text, ref at, out var exponent) || at != text.Length) return false;
        while (count > 0 && digits[count - 1] == '0') count--;
        if (count == 0)
        {
            key[0] = Zero;
            length = 1;
            return true;
        }

        var biased = (int)Math.Clamp(power + exponent + ExponentMax, 0, 2L * ExponentMax - 1);
        key[0] = isNegative ? Negative : Positive;
        BinaryPrimitives.WriteInt32BigEndian(key[1..], biased);
        length = 1 + sizeof(int) + count;
        if (!isNegative) return true;
        for (var i = 1; i < length; i++) key[i] = (byte)~key[i];
        key[length++] = byte.MaxValue;
        return true;
    }

    /// <param name="count">How many digits were kept: those from the first that is not zero.</param>
    /// <param name="power">The power of ten that the first of them stands for.</param>
    private static bool TryReadDigits(
        ReadOnlySpan<byte> text, ref int at, Span<byte> digits, out int count, out long power)
    {
        count = 0;
        power = -1;
        var isAny = false;
        var isFraction = false;
        for (; at < text.Length; at++)
        {
            var character = text[at];
            if (character == '.' && !isFraction)
            {
                isFraction = true;
                continue;
            }

            if (!char.IsAsciiDigit((char)character)) break;
            isAny = true;
            if (count > 0 || character != '0') digits[count++] = character;
            if (!isFraction && count > 0) power++;
            if (isFraction && count == 0) power--;
        }

        return isAny && text[at - 1] != '.';
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int at, out long exponent)
    {
        exponent = 0;
        if (at == text.Length) return true;
        if (text[at] is not ((byte)'e' or (byte)'E')) return false;
        at++;
        var isNegative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+') at++;
        var first = at;
        for (; at < text.Length && char.IsAsciiDigit((char)text[at]); at++)
            exponent = Math.Min(exponent * 10 + (text[at] - '0'), ExponentMax);
        if (isNegative) exponent = -exponent;
        return at > first;
    }
}

/// <summary>Between two numbers, given by their keys.</summary>
internal readonly record struct NumberRange(byte[] Low, bool IsLowOpen, byte[] High, bool IsHighOpen);
