using System.Security.Cryptography;
using System.Text;
using Weir.Broker.Requests;

namespace Weir.Protocols.Rest.Messages;

/// <summary>The key by which a request that is sent again is known.</summary>
// https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
internal static class KeyHeader
{
    public const string Name = "Idempotency-Key";
    public const string ReplayedName = "Idempotency-Replayed";
    private const int LengthMax = 255;

    /// <summary>The same request is the same content type and body.</summary>
    public static (RequestKey? Key, Problem? Problem) Read(RestCall call)
    {
        if (!call.Context.Request.Headers.TryGetValue(Name, out var values)) return (null, null);
        var text = values.ToString();
        if (text.Length is 0 or > LengthMax || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return (null, Problems.InvalidHeader(Name, $"has 1 to {LengthMax} ASCII characters."));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes((call.ContentType ?? "") + "\n"));
        hash.AppendData(call.Body.Span);
        return (new RequestKey(text, hash.GetHashAndReset()), null);
    }
}
