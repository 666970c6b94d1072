using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// Which headers a signature has to cover: the host, so that it is good for this server only, and every X-Amz header
/// that is there, because one of them names the operation.
/// </summary>
internal static class SignedHeaderRules
{
    public static AwsError? Check(IHeaderDictionary headers, ReadOnlySpan<char> signedHeaders)
    {
        if (!Covers(signedHeaders, "host")) return SigV4Errors.HostNotSigned();
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
                && !IsBoundOtherwise(name)
                && !Covers(signedHeaders, name))
                return SigV4Errors.HeaderNotSigned(name);
        }

        return null;
    }

    /// <summary>
    /// The date is in the string to sign. A session token may by the protocol be added after signing; it is carried by
    /// temporary credentials, which are the business of whoever issued them.
    /// </summary>
    private static bool IsBoundOtherwise(string name) =>
        name.Equals("X-Amz-Date", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Amz-Security-Token", StringComparison.OrdinalIgnoreCase);

    private static bool Covers(ReadOnlySpan<char> signedHeaders, string name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
