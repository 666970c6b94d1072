namespace Weir.Protocols.Aws.Messages;

/// <summary>Whether a Number attribute's value is one: up to 38 digits, between 10^-128 and 10^126.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
//   number = [ sign ] digits [ "." digits ] [ ( "e" / "E" ) [ sign ] digits ]       one side of the point may be empty
internal static class NumberText
{
    private const int DigitsMax = 38;
    private const int ExponentMin = -128;
    private const int ExponentMax = 126;

    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-') text = text[1..];
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = 0;
        if (e >= 0)
        {
            if (!TryExponent(text[(e + 1)..], out exponent)) return false;
            text = text[..e];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty && fraction.IsEmpty) return false;
        if (whole.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        if (fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return IsInRange(whole.TrimStart((byte)'0'), fraction, exponent);
    }

    // The exponent of the first digit that is not zero tells the magnitude.
    private static bool IsInRange(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, int exponent)
    {
        var significant = whole.IsEmpty ? fraction.TrimStart((byte)'0') : fraction;
        var leadingZeros = fraction.Length - significant.Length;
        if (whole.IsEmpty && significant.IsEmpty) return true;
        if (whole.Length + significant.TrimEnd((byte)'0').Length > DigitsMax + TrailingZeros(whole, significant))
            return false;
        var magnitude = exponent + (whole.IsEmpty ? -leadingZeros - 1 : whole.Length - 1);
        return magnitude is >= ExponentMin and <= ExponentMax;
    }

    // Zeros at the end of a whole number are scale, not precision.
    private static int TrailingZeros(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction) =>
        fraction.ContainsAnyExcept((byte)'0') ? 0 : whole.Length - whole.TrimEnd((byte)'0').Length;

    private static bool TryExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var isNegative = !text.IsEmpty && text[0] == '-';
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-') text = text[1..];
        if (text.Length is 0 or > 4 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        foreach (var digit in text) exponent = (exponent * 10) + digit - '0';
        if (isNegative) exponent = -exponent;
        return true;
    }
}
