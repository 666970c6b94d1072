using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// What the signing key signs: <c>algorithm \n time \n scope \n SHA-256 of the canonical request, in hex</c>.
/// </summary>
internal static class StringToSign
{
    public static void Write(
        IBufferWriter<byte> output, DateTimeOffset signedAt, ReadOnlySpan<char> scope, ReadOnlySpan<byte> canonicalHash)
    {
        Encoding.ASCII.GetBytes(AuthorizationHeader.Algorithm, output);
        output.Write("\n"u8);
        Encoding.ASCII.GetBytes(AmzDate.Format(signedAt), output);
        output.Write("\n"u8);
        Encoding.UTF8.GetBytes(scope, output);
        output.Write("\n"u8);
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(canonicalHash), output);
    }

    public static void Sign(
        ReadOnlySpan<byte> key,
        DateTimeOffset signedAt,
        ReadOnlySpan<char> scope,
        ReadOnlySpan<byte> canonicalHash,
        Span<byte> signature)
    {
        var text = new ArrayBufferWriter<byte>(256);
        Write(text, signedAt, scope, canonicalHash);
        HMACSHA256.HashData(key, text.WrittenSpan, signature);
    }
}
