using System.Buffers.Binary;
using CsCheck;

namespace Weir.Tests.Fuzz;

/// <summary>
/// Makes hostile inputs out of valid ones: one to six changes of bits, bytes, numbers, blocks and meaningful pieces. The
/// same random numbers always make the same input.
/// </summary>
internal sealed class Mutator(FuzzTarget target)
{
    private const int ChangesMax = 6;
    private const int CopiesMax = 64;

    /// <summary>An input does not grow beyond this, so that a case stays quick.</summary>
    private const int BytesMax = 1 << 16;

    private static readonly long[] Extremes =
    [
        0, 1, -1, 7, 8, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, int.MinValue, uint.MaxValue,
        long.MaxValue, long.MinValue, long.MaxValue / 10_000, 1L << 62,
    ];

    /// <summary>What text is broken with: bad UTF-8, escapes cut short, lone surrogates, numbers beyond every type.</summary>
    private static readonly byte[][] Universal =
    [
        [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xEF, 0xBB, 0xBF], [0],
        .. ToBytes(
            "%", "%2", "%zz", "%00", "%C0%80", "%ED%A0%80", "+", "&", "=", "&&", ".", "..", "/", "//", ";", ",", " ",
            "\\ud800", "\\udc00", "\\u0000", "\\u", "\"", "[", "]", "{", "}", ":", "null", "true", "1e400", "-0", "1e-400",
            "99999999999999999999999", "2147483648", "-1", "NaN", "\r\n", "\t", "\u0085", "\u2028", "😀"),
    ];

    private readonly byte[][] _tokens = [.. target.Tokens, .. Universal];

    public byte[] Next(PCG random)
    {
        var input = Pick(target.Seeds, random);
        for (var changes = 1 + Below(random, ChangesMax); changes > 0; changes--) input = Change(input, random);
        return input.Length <= BytesMax ? input : input[..BytesMax];
    }

    private byte[] Change(byte[] input, PCG random)
    {
        var at = Below(random, input.Length + 1);
        var end = at + Below(random, Math.Min(input.Length - at, 1 + Below(random, input.Length + 1)) + 1);
        return Below(random, 11) switch
        {
            0 => With(input, at, changed => changed[at] ^= (byte)(1 << Below(random, 8))),
            1 => With(input, at, changed => changed[at] = (byte)random.Next()),
            2 => input[..at],
            3 => [.. input[..at], .. input[end..]],
            4 => [.. input[..at], (byte)random.Next(), .. input[at..]],
            5 => With(input, at, changed => WriteExtreme(changed.AsSpan(at), random)),
            6 => Repeat(input, at, end, 2 + Below(random, CopiesMax)),
            7 => Splice(input, at, Pick(target.Seeds, random), random),
            8 => Overwrite(input, at, end, random),
            9 => [.. input[..at], .. Pick(_tokens, random), .. input[at..]],
            _ => [.. input[..at], .. Pick(_tokens, random), .. input[end..]],
        };
    }

    private static byte[] With(byte[] input, int at, Action<byte[]> change)
    {
        if (at == input.Length) return input;
        var changed = input.ToArray();
        change(changed);
        return changed;
    }

    private static void WriteExtreme(Span<byte> place, PCG random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        var value = Extremes[Below(random, Extremes.Length)] + Below(random, 3) - 1;
        if (Below(random, 4) == 0) BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        bytes[..Math.Min(place.Length, 1 << Below(random, 4))].CopyTo(place);
    }

    private static byte[] Repeat(byte[] input, int at, int end, int copies)
    {
        if (end - at == 0) return input;
        copies = Math.Min(copies, 1 + (BytesMax / (end - at)));
        var piece = input[at..end];
        return [.. input[..at], .. Enumerable.Repeat(piece, copies).SelectMany(bytes => bytes), .. input[end..]];
    }

    private static byte[] Splice(byte[] input, int at, byte[] other, PCG random)
    {
        var from = Below(random, other.Length + 1);
        return [.. input[..at], .. other[from..]];
    }

    /// <summary>One block of the input lies over another: the length stays.</summary>
    private static byte[] Overwrite(byte[] input, int at, int end, PCG random)
    {
        var changed = input.ToArray();
        var to = Below(random, input.Length + 1);
        var length = Math.Min(end - at, input.Length - to);
        Array.Copy(input, at, changed, to, length);
        return changed;
    }

    private static byte[] Pick(IReadOnlyList<byte[]> choices, PCG random) => choices[Below(random, choices.Count)];

    private static int Below(PCG random, int count) => (int)random.Next((uint)count);

    private static IEnumerable<byte[]> ToBytes(params string[] texts) => texts.Select(System.Text.Encoding.UTF8.GetBytes);
}
