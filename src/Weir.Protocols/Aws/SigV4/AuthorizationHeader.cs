namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The header form of a signature:
/// <code>
/// AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/sqs/aws4_request,
///     SignedHeaders=host;x-amz-date, Signature=64 hex digits
/// </code>
/// The parts come in any order, with or without spaces around the commas.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static class AuthorizationHeader
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const string CredentialPart = "Credential=";

    /// <summary>Only the credential, for a server that does not verify. Empty when there is none.</summary>
    public static ReadOnlySpan<char> FindCredential(string? header)
    {
        var rest = header.AsSpan();
        if (!rest.StartsWith(Algorithm)) return default;
        var start = rest.IndexOf(CredentialPart);
        if (start < 0) return default;
        rest = rest[(start + CredentialPart.Length)..];
        var end = rest.IndexOfAny(',', ' ');
        return end < 0 ? rest : rest[..end];
    }

    public static AwsError? Parse(string header, out SignatureParts parts)
    {
        parts = default;
        var rest = header.AsSpan();
        if (!rest.StartsWith(Algorithm) || rest.Length == Algorithm.Length || rest[Algorithm.Length] != ' ')
            return SigV4Errors.UnknownScheme();

        rest = rest[(Algorithm.Length + 1)..];
        foreach (var range in rest.Split(','))
        {
            var part = rest[range].Trim();
            var equals = part.IndexOf('=');
            if (equals < 0) return SigV4Errors.NotAPair(part);
            if (!parts.TrySet(part[..equals], part[(equals + 1)..])) return SigV4Errors.NotExpected(part[..equals]);
        }

        return parts.IsComplete ? null : SigV4Errors.HeaderLacks(parts.Missing());
    }
}
