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

    /// <summary>What beside Weir's own headers makes a request another one.</summary>
    private static readonly string[] Told = ["Content-Type"];

    /// <summary>The same request is one to the same place with the same body, and with the same headers as far as they
    /// are read.</summary>
    public static (RequestKey? Key, Problem? Problem) Read(RestCall call)
    {
        if (!call.Context.Request.Headers.TryGetValue(Name, out var values)) return (null, null);
        var text = values.ToString();
        if (text.Length is 0 or > LengthMax || text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return (null, Problems.InvalidHeader(Name, $"has 1 to {LengthMax} ASCII characters."));
        return (new RequestKey(text, Digest(call)), null);
    }

    private static byte[] Digest(RestCall call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{call.Identity.Account}/{call.Identity.Region}{call.Context.Request.Path}");
        var headers = call.Context.Request.Headers
            .Where(header => IsTold(header.Key))
            .Select(header => (Name: NameOf(header.Key), Value: header.Value.ToString()))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            Append(hash, name);
            Append(hash, value);
        }

        // No header has an empty name, so here they end.
        Append(hash, "");
        hash.AppendData(call.Body.Span);
        return hash.GetHashAndReset();
    }

    // The region is a part of the place, whichever way it came.
    private static bool IsTold(string header) =>
        !header.Equals(RestAuthenticator.RegionHeader, StringComparison.OrdinalIgnoreCase)
        && (header.StartsWith(RestOperation.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            || header.StartsWith(CloudEventReader.HeaderPrefix, StringComparison.OrdinalIgnoreCase)
            || Told.Contains(header, StringComparer.OrdinalIgnoreCase));

    /// <summary>The case of a header's name means nothing, unless it is that of an attribute.</summary>
    private static string NameOf(string header) =>
        header.StartsWith(InboundMessage.AttributeHeader, StringComparison.OrdinalIgnoreCase)
            ? InboundMessage.AttributeHeader + header[InboundMessage.AttributeHeader.Length..]
            : header.ToLowerInvariant();

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
