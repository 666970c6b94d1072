using System.Buffers.Binary;

namespace Weir.Tests.Fuzz;

/// <summary>
/// Makes inputs out of valid ones: flips, cuts, splices, repeats, and puts in what parsers are known to stumble over.
/// The same seed gives the same inputs.
/// </summary>
internal sealed class Mutator(IReadOnlyList<byte[]> valid, IReadOnlyList<byte[]> words, int seed)
{
    private const int BytesMax = 1 << 16;
    private const int ChangesMax = 6;

    private static readonly byte[][] Universal =
    [
        .. ((string[])
        [
            "{", "}", "[", "]", "\"", "\\", "\\u0000", "\\ud800", "\\udc00\\ud800", ":", ",", "null", "true", "1e999",
            "-0", "9223372036854775808", "-9223372036854775809", "0.1", "{\"a\":", "[[[[[[[[[[[[[[[[[[", "&", "=", "%",
            "%00", "%ff", "%c0%80", "%zz", "+", ".", "..", ".1", ".0", ".01", ".-1", ".2147483648",
            ".99999999999999999999", "Attribute.1.Name=", "&Action=SendMessage", "&Version=", "//", "?", "#",
            ";", "\r\n", "\0", " ", "\t", "ü", "=,", "AWS4-HMAC-SHA256 ", "Credential=", "SignedHeaders=", "Signature=",
            "/aws4_request", "20150830T123600Z", "X-Amz-Expires=", "999999999999999999999", "host;host", "arn:aws:sqs:",
            "String", "Binary", "Number.",
        ]).Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF],
        .. ((long[])[0, 1, -1, 255, 65_535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue])
            .SelectMany(Numbers),
    ];

    private readonly byte[][] _words = [.. words, .. Universal];
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = _random.Next(50) == 0 ? Noise() : Any();
        for (var changes = _random.Next(ChangesMax + 1); changes > 0; changes--) bytes = Change(bytes);
        return bytes.Length <= BytesMax ? bytes : bytes[..BytesMax];
    }

    private byte[] Change(byte[] bytes)
    {
        var at = _random.Next(bytes.Length + 1);
        var count = Math.Min(_random.Next(1, 1 << _random.Next(1, 8)), bytes.Length - at);
        switch (_random.Next(8))
        {
            case 0 when bytes.Length > 0:
                var flipped = (byte[])bytes.Clone();
                flipped[at % bytes.Length] ^= (byte)(1 << _random.Next(8));
                return flipped;
            case 1: return [.. bytes[..at], .. bytes[(at + count)..]];
            case 2: return bytes[..at];
            case 3: return [.. bytes[..at], .. Word(), .. bytes[at..]];
            case 4: return Overwrite(bytes, at, Word());
            case 5: return [.. bytes[..at], .. Repeat(bytes.AsSpan(at, count), _random.Next(1, 40)), .. bytes[at..]];
            case 6:
                var other = Any();
                var from = _random.Next(other.Length + 1);
                return [.. bytes[..at], .. other[from..]];
            default: return [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]];
        }
    }

    private static byte[] Repeat(ReadOnlySpan<byte> part, int times)
    {
        var repeated = new byte[part.Length * times];
        for (var i = 0; i < times; i++) part.CopyTo(repeated.AsSpan(i * part.Length));
        return repeated;
    }

    private static byte[] Overwrite(byte[] bytes, int at, byte[] word)
    {
        var changed = (byte[])bytes.Clone();
        word.AsSpan(0, Math.Min(word.Length, bytes.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static IEnumerable<byte[]> Numbers(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return [bytes, bytes[..sizeof(int)], bytes[..sizeof(short)]];
    }

    private byte[] Any() => valid[_random.Next(valid.Count)];

    private byte[] Word() => _words[_random.Next(_words.Length)];

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(300)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
