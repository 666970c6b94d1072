using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// What a signature is about, written down so that both ends get the same bytes:
/// <code>
/// method \n canonical path \n canonical query \n canonical headers \n signed headers \n SHA-256 of the body, in hex
/// </code>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal ref struct CanonicalRequest
{
    public required string Method;
    public required RequestTarget Target;
    public required IHeaderDictionary Headers;
    public required ReadOnlySpan<char> SignedHeaders;
    public required ReadOnlySpan<char> PayloadHash;

    /// <summary>Whether the query holds the signature itself, and has to be read without it.</summary>
    public required bool IsPresigned;

    /// <summary>False when a header that was signed is not there any more.</summary>
    public readonly bool TryWrite(IBufferWriter<byte> output)
    {
        Encoding.ASCII.GetBytes(Method, output);
        output.Write("\n"u8);
        CanonicalPath.Write(output, Target.Path);
        output.Write("\n"u8);
        CanonicalQuery.Write(output, Target.Query, IsPresigned ? PresignedQuery.SignatureName : null);
        output.Write("\n"u8);
        if (!CanonicalHeaders.TryWrite(output, Headers, SignedHeaders)) return false;
        output.Write("\n"u8);
        Encoding.UTF8.GetBytes(SignedHeaders, output);
        output.Write("\n"u8);
        Encoding.ASCII.GetBytes(PayloadHash, output);
        return true;
    }

    public readonly bool TryHash(Span<byte> hash)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        if (!TryWrite(output)) return false;
        SHA256.HashData(output.WrittenSpan, hash);
        return true;
    }
}
