using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Broker.Delivery;

/// <summary>
/// Signs a webhook so that its receiver can tell that it comes from here, unchanged and lately:
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
/// <remarks>While a secret is being replaced there are two, and a signature by each.</remarks>
//   webhook-id: msg          webhook-timestamp: seconds       webhook-signature: v1,base64 v1,base64
//   each signature is HMAC-SHA256(secret, id "." timestamp "." body)
public sealed class StandardWebhooks
{
    public const string SecretPrefix = "whsec_";
    private const int SecretBytesMin = 24;
    private const int SecretBytesMax = 64;

    private readonly byte[][] _secrets;

    /// <param name="secrets">Each <c>whsec_</c> and base64 of 24 to 64 bytes; at least one.</param>
    /// <exception cref="ArgumentException">A secret is not of that form.</exception>
    public StandardWebhooks(params IReadOnlyList<string> secrets)
    {
        if (secrets.Count == 0) throw new ArgumentException("A webhook is signed with one secret or more.");
        _secrets = [.. secrets.Select(Read)];
    }

    /// <summary>True for what may be given as a secret.</summary>
    public static bool IsSecret(string text) => TryRead(text) is not null;

    /// <param name="id">The same for each retry of a message, so that its receiver can tell a repetition.</param>
    public void Sign(HttpRequestMessage request, string id, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new byte[Encoding.UTF8.GetByteCount(id) + 1 + timestamp.Length + 1 + body.Length];
        var length = Encoding.UTF8.GetBytes($"{id}.{timestamp}.", signed);
        body.CopyTo(signed.AsSpan(length));
        var signatures = _secrets.Select(
            secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)));
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', signatures));
    }

    private static byte[] Read(string text) => TryRead(text) ?? throw new ArgumentException(
        $"A webhook's secret is {SecretPrefix} and base64 of {SecretBytesMin} to {SecretBytesMax} bytes.");

    private static byte[]? TryRead(string text)
    {
        if (!text.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        var secret = new byte[text.Length];
        return Convert.TryFromBase64String(text[SecretPrefix.Length..], secret, out var length)
            && length is >= SecretBytesMin and <= SecretBytesMax
            ? secret[..length]
            : null;
    }
}
