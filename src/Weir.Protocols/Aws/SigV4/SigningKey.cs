using System.Security.Cryptography;
using System.Text;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The key that signs for one day, region and service: HMAC-SHA256 over each in turn, starting from the secret.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class SigningKey
{
    public static byte[] Derive(
        string secret, ReadOnlySpan<char> date, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        var key = new byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encode(date), key);
        HMACSHA256.HashData(key, Encode(region), key);
        HMACSHA256.HashData(key, Encode(service), key);
        HMACSHA256.HashData(key, Encode(CredentialScope.Terminator), key);
        return key;
    }

    private static byte[] Encode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
