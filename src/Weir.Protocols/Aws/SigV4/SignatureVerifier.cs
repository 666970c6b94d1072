using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// Verifies signatures. Cheap refusals come first; an access key that is not known costs the whole calculation like a
/// known one, and is answered like a wrong signature. Only a signature that was right puts its signing key into the
/// cache, so strangers cannot churn it.
/// </summary>
internal sealed class SignatureVerifier(KeyRing keys, TimeProvider time)
{
    private readonly CredentialCache<Signatory> _cache = new();

    public AuthResult Verify(HttpRequest request, ReadOnlySequence<byte> body)
    {
        if (SignedRequest.Read(request, out var signed) is { } unreadable) return unreadable;
        if (SignatureClock.Check(signed, time.GetUtcNow()) is { } untimely) return untimely;
        if (SignedHeaderRules.Check(request.Headers, signed.Parts.SignedHeaders) is { } unsigned) return unsigned;

        Span<char> payloadHash = stackalloc char[PayloadHash.HexLength];
        PayloadHash.Write(body, payloadHash);
        if (request.Headers.TryGetValue("X-Amz-Content-Sha256", out var declared)
            && !payloadHash.SequenceEqual(declared.ToString()))
            return SigV4Errors.PayloadMismatch();

        var signatory = FindCached(signed.Parts.Credential) ?? FindSignatory(signed.Scope);
        if (!Matches(request, signed, payloadHash, signatory.SigningKey) || signatory.Identity.Key is not { } key)
            return SigV4Errors.SignatureDoesNotMatch();

        if (!signatory.IsCached) _cache.Add(signed.Parts.Credential, signatory with { IsCached = true });
        return keys.IsSuspended(key.Account) ? SigV4Errors.Suspended(key.Account) : signatory.Identity;
    }

    private static bool Matches(
        HttpRequest request, in SignedRequest signed, ReadOnlySpan<char> payloadHash, byte[] signingKey)
    {
        var canonical = new CanonicalRequest
        {
            Method = request.Method,
            Target = RequestTarget.Of(request),
            Headers = request.Headers,
            SignedHeaders = signed.Parts.SignedHeaders,
            PayloadHash = payloadHash,
            IsPresigned = signed.Expires is not null,
        };
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!canonical.TryHash(hash)) return false;

        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        StringToSign.Sign(signingKey, signed.SignedAt, signed.Scope.Scope, hash, signature);
        Span<byte> expected = stackalloc byte[PayloadHash.HexLength];
        Convert.TryToHexStringLower(signature, expected, out _);

        Span<byte> given = stackalloc byte[PayloadHash.HexLength];
        return Encoding.UTF8.TryGetBytes(signed.Parts.Signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }

    /// <summary>Null as well when the key was changed or disabled since.</summary>
    private Signatory? FindCached(ReadOnlySpan<char> credential) =>
        _cache.Find(credential) is { Identity.Key: { } key } found && ReferenceEquals(keys.Find(key.Id), key)
            ? found
            : null;

    private Signatory FindSignatory(in CredentialScope scope)
    {
        var id = scope.AccessKeyId.ToString();
        var key = keys.Find(id);
        var signingKey = SigningKey.Derive(key?.Secret ?? "", scope.Date, scope.Region, scope.Service);
        return key is null
            ? new Signatory(default, signingKey)
            : new Signatory(new AwsIdentity(key.Account, scope.Region.ToString(), id) { Key = key }, signingKey);
    }

    private sealed record Signatory(AwsIdentity Identity, byte[] SigningKey)
    {
        public bool IsCached { get; init; }
    }
}
