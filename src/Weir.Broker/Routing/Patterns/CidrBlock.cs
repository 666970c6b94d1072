using System.Net;
using System.Net.Sockets;

namespace Weir.Broker.Routing.Patterns;

/// <summary>A block of addresses: <c>10.0.0.0/24</c> or <c>2001:db8::/32</c>.</summary>
internal readonly record struct CidrBlock(UInt128 Network, int PrefixLength, bool IsV6)
{
    private const int BitsV4 = 32;
    private const int BitsV6 = 128;

    // The longest text of an address: eight groups of four digits, the last two perhaps written as IPv4.
    private const int AddressLengthMax = 45;

    public static bool TryParse(ReadOnlySpan<byte> text, out CidrBlock block)
    {
        block = default;
        var slash = text.IndexOf((byte)'/');
        if (slash < 0 || !TryReadAddress(text[..slash], out var address, out var isV6)) return false;
        var digits = text[(slash + 1)..];
        if (digits.Length is 0 or > 3) return false;
        var length = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            length = length * 10 + digit - '0';
        }

        if (length > (isV6 ? BitsV6 : BitsV4)) return false;
        block = new(Mask(address, length, isV6), length, isV6);
        return true;
    }

    public static UInt128 Mask(UInt128 address, int prefixLength, bool isV6)
    {
        var hostBits = (isV6 ? BitsV6 : BitsV4) - prefixLength;
        // A shift by all 128 bits is a shift by none.
        return hostBits == BitsV6 ? 0 : address >> hostBits << hostBits;
    }

    /// <summary>Only the usual forms: four decimal numbers, or IPv6 without brackets and zone.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> text, out UInt128 address, out bool isV6)
    {
        address = 0;
        isV6 = text.Contains((byte)':');
        if (!isV6) return TryReadV4(text, out address);
        if (text.Length > AddressLengthMax || text.ContainsAny("[]%/"u8)) return false;
        Span<char> characters = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++) characters[i] = (char)text[i];
        if (!IPAddress.TryParse(characters, out var parsed)) return false;
        if (parsed.AddressFamily != AddressFamily.InterNetworkV6) return false;
        Span<byte> bytes = stackalloc byte[16];
        _ = parsed.TryWriteBytes(bytes, out _);
        foreach (var value in bytes) address = address << 8 | value;
        return true;
    }

    private static bool TryReadV4(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = 0;
        var parts = 1;
        var part = 0;
        var digits = 0;
        foreach (var character in text)
        {
            if (character == '.')
            {
                if (digits == 0 || ++parts > 4) return false;
                address = address << 8 | (uint)part;
                (part, digits) = (0, 0);
                continue;
            }

            if (!char.IsAsciiDigit((char)character) || ++digits > 3) return false;
            part = part * 10 + character - '0';
            if (part > byte.MaxValue) return false;
        }

        address = address << 8 | (uint)part;
        return parts == 4 && digits > 0;
    }
}
