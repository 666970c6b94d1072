using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>Signs requests as an AWS client does: for Weir's own command line, and for tests.</summary>
public sealed class SigV4Signer(string accessKeyId, string secret, string region, string service)
{
    /// <summary>Goes with temporary credentials; null for lasting ones.</summary>
    public string? SessionToken { get; init; }

    /// <summary>
    /// Adds X-Amz-Date, X-Amz-Security-Token and Authorization to headers that have a Host already. Every header that
    /// is there is signed, so those that a proxy may change belong in later.
    /// </summary>
    public void Sign(
        string method, string target, IHeaderDictionary headers, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        headers["X-Amz-Date"] = AmzDate.Format(now);
        if (SessionToken is not null) headers["X-Amz-Security-Token"] = SessionToken;
        var names = Names(headers);
        headers.Authorization =
            $"{AuthorizationHeader.Algorithm} Credential={accessKeyId}/{Scope(now)}, SignedHeaders={names}, "
            + $"Signature={Sign(method, target, headers, names, body, now, isPresigned: false)}";
    }

    /// <summary>The target with a signature in its query, good until it expires.</summary>
    public string Presign(
        string method,
        string target,
        IHeaderDictionary headers,
        ReadOnlyMemory<byte> body,
        DateTimeOffset now,
        TimeSpan expires)
    {
        var names = Names(headers);
        var presigned = new StringBuilder(target)
            .Append(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')
            .Append("X-Amz-Algorithm=").Append(AuthorizationHeader.Algorithm)
            .Append("&X-Amz-Credential=").Append(Uri.EscapeDataString($"{accessKeyId}/{Scope(now)}"))
            .Append("&X-Amz-Date=").Append(AmzDate.Format(now))
            .Append(CultureInfo.InvariantCulture, $"&X-Amz-Expires={(long)expires.TotalSeconds}")
            .Append("&X-Amz-SignedHeaders=").Append(Uri.EscapeDataString(names));
        if (SessionToken is not null)
            presigned.Append("&X-Amz-Security-Token=").Append(Uri.EscapeDataString(SessionToken));
        var signature = Sign(method, presigned.ToString(), headers, names, body, now, isPresigned: true);
        return presigned.Append('&').Append(PresignedQuery.SignatureName).Append('=').Append(signature).ToString();
    }

    private string Sign(
        string method,
        string target,
        IHeaderDictionary headers,
        string names,
        ReadOnlyMemory<byte> body,
        DateTimeOffset now,
        bool isPresigned)
    {
        Span<char> payloadHash = stackalloc char[PayloadHash.HexLength];
        PayloadHash.Write(new ReadOnlySequence<byte>(body), payloadHash);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var canonical = new CanonicalRequest
        {
            Method = method,
            Target = new RequestTarget(target),
            Headers = headers,
            SignedHeaders = names,
            PayloadHash = payloadHash,
            IsPresigned = isPresigned,
        };
        if (!canonical.TryHash(hash))
            throw new ArgumentException("A header without a value cannot be signed.", nameof(headers));

        var key = SigningKey.Derive(secret, AmzDate.FormatDay(now), region, service);
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        StringToSign.Sign(key, now, Scope(now), hash, signature);
        return Convert.ToHexStringLower(signature);
    }

    private string Scope(DateTimeOffset now) =>
        $"{AmzDate.FormatDay(now)}/{region}/{service}/{CredentialScope.Terminator}";

    private static string Names(IHeaderDictionary headers) =>
        string.Join(';', headers.Keys.Select(static name => name.ToLowerInvariant()).Order(StringComparer.Ordinal));
}
