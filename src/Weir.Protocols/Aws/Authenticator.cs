using System.Buffers;
using Microsoft.AspNetCore.Http;
using Weir.Broker.Tenants;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Protocols.Aws;

/// <summary>
/// Finds out whom a request acts for. When there are keys every request must carry a valid Signature Version 4, in its
/// header or its query; while there are none, credentials are only read, never checked.
/// </summary>
public sealed class Authenticator(AwsOptions options, KeyRing keys, TimeProvider time)
{
    private readonly CredentialReader _reader = new(options);
    private readonly SignatureVerifier _verifier = new(keys, time);

    /// <summary>The keys that count.</summary>
    public KeyRing Keys => keys;

    /// <summary>Whose a request says it is, before anything is checked; null when it names no key.</summary>
    internal string? ClaimedAccount(HttpRequest request)
    {
        var claimed = _reader.Read(request);
        return keys.IsOpen ? claimed.Account
            : claimed.AccessKeyId.Length > 0 ? keys.Find(claimed.AccessKeyId)?.Account
            : null;
    }

    public AuthResult Authenticate(HttpRequest request, ReadOnlySequence<byte> body) =>
        keys.IsOpen ? _reader.Read(request) : _verifier.Verify(request, body);
}
