using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>What a request says about its signature, the same from either form.</summary>
internal ref struct SignedRequest
{
    public SignatureParts Parts;
    public CredentialScope Scope;
    public DateTimeOffset SignedAt;

    /// <summary>How long a presigned request may be sent; null for the header form, which only has the skew.</summary>
    public TimeSpan? Expires;

    public static AwsError? Read(HttpRequest request, out SignedRequest signed)
    {
        signed = default;
        var authorization = request.Headers.Authorization;
        var isPresigned = PresignedQuery.TryRead(RequestTarget.Of(request).Query, out var query, out var isAmbiguous);
        if (authorization.Count > 1 || (authorization.Count == 1 && isPresigned) || isAmbiguous)
            return SigV4Errors.SignedTwice();
        if (authorization.Count == 0 && !isPresigned) return SigV4Errors.MissingAuthenticationToken();

        var error = isPresigned ? signed.Read(query) : signed.Read(authorization[0] ?? "", request.Headers);
        if (error is not null) return error;
        return CredentialScope.TryParse(signed.Parts.Credential, out signed.Scope) ? null : SigV4Errors.BadCredential();
    }

    private AwsError? Read(string authorization, IHeaderDictionary headers)
    {
        if (AuthorizationHeader.Parse(authorization, out Parts) is { } error) return error;
        if (headers.TryGetValue("X-Amz-Date", out var amzDate))
            return AmzDate.TryParse(amzDate.ToString(), out SignedAt) ? null : SigV4Errors.BadDate();
        if (headers.TryGetValue("Date", out var date))
            return AmzDate.TryParseHttp(date.ToString(), out SignedAt) ? null : SigV4Errors.BadDate();
        return SigV4Errors.MissingDate();
    }

    private AwsError? Read(PresignedQuery query)
    {
        if (query.Missing().Any()) return SigV4Errors.QueryLacks(query.Missing());
        if (query.Algorithm != AuthorizationHeader.Algorithm) return SigV4Errors.UnknownScheme();
        if (!AmzDate.TryParse(query.Date, out SignedAt)) return SigV4Errors.BadDate();
        if (!int.TryParse(query.Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > PresignedQuery.ExpiresSecondsMax)
            return SigV4Errors.BadExpires();
        Parts = query.Parts;
        Expires = TimeSpan.FromSeconds(seconds);
        return null;
    }
}
