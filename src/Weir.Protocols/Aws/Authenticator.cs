using System.Buffers;
using Microsoft.AspNetCore.Http;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Protocols.Aws;

/// <summary>
/// Finds out whom a request acts for. With keys configured every request must carry a valid Signature Version 4, in its
/// header or its query; without any, credentials are only read, never checked.
/// </summary>
public sealed class Authenticator(AwsOptions options, TimeProvider time)
{
    private readonly CredentialReader _reader = new(options);
    private readonly SignatureVerifier? _verifier = options.Keys.Count == 0 ? null : new(options, time);

    public AuthResult Authenticate(HttpRequest request, ReadOnlySequence<byte> body) =>
        _verifier is null ? _reader.Read(request) : _verifier.Verify(request, body);
}
