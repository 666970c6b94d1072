namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// Why a request is refused before it is read, in the codes of the service: the JSON form's shape, then the Query
/// form's code. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
/// </summary>
internal static class SigV4Errors
{
    private const string Framework = "com.amazon.coral.service#";
    private const int ShownMax = 64;

    public static AwsError MissingAuthenticationToken() =>
        new(Framework + "MissingAuthenticationTokenException", "MissingAuthenticationToken", 403,
            "Request is missing Authentication Token");

    public static AwsError Suspended(string account) =>
        new(Framework + "AccessDeniedException", "AccessDenied", 403,
            $"The account {account} is suspended: its administrator can resume it.");

    public static AwsError RequestExpired() =>
        new(Framework + "RequestExpired", "RequestExpired", 400, "Request has expired.");

    /// <summary>One answer for both, so that nobody learns which access keys there are.</summary>
    public static AwsError SignatureDoesNotMatch() => Mismatch(
        "The request signature we calculated does not match the signature you provided, or there is no such access "
        + "key. Check the access key id, its secret and the signing method.");

    public static AwsError SignatureExpired(DateTimeOffset signedAt, DateTimeOffset now) => Mismatch(
        $"Signature expired: {AmzDate.Format(signedAt)} is now earlier than "
        + $"{AmzDate.Format(now - SignatureClock.SkewMax)} ({AmzDate.Format(now)} - 15 min.)");

    public static AwsError NotYetCurrent(DateTimeOffset signedAt, DateTimeOffset now) => Mismatch(
        $"Signature not yet current: {AmzDate.Format(signedAt)} is still later than "
        + $"{AmzDate.Format(now + SignatureClock.SkewMax)} ({AmzDate.Format(now)} + 15 min.)");

    public static AwsError ScopeOfAnotherDay(string scope, DateTimeOffset signedAt) => Mismatch(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + $"'{scope}' != '{AmzDate.FormatDay(signedAt)}', from '{AmzDate.Format(signedAt)}'.");

    public static AwsError PayloadMismatch() => Mismatch(
        "The x-amz-content-sha256 header does not match the body that was received. An unsigned payload is not taken.");

    public static AwsError HeaderNotSigned(string name) => Mismatch(
        $"There were headers present in the request which were not signed: '{Shown(name)}'.");

    public static AwsError HostNotSigned() => Mismatch(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    public static AwsError BadCredential() => Incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request, with a "
        + "valid date, region and service.");

    public static AwsError BadDate() => Incomplete(
        "Date must be in ISO-8601 'basic format', e.g. 20150830T123600Z.");

    public static AwsError BadExpires() => Incomplete(
        $"X-Amz-Expires must be between 1 and {PresignedQuery.ExpiresSecondsMax} seconds.");

    public static AwsError MissingDate() => Incomplete(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");

    public static AwsError HeaderLacks(IEnumerable<string> parts) => Incomplete(
        string.Join(' ', parts.Select(static part => $"Authorization header requires '{part}' parameter.")));

    public static AwsError QueryLacks(IEnumerable<string> parts) => Incomplete(
        string.Join(' ', parts.Select(static part => $"AWS query-string parameters must include '{part}'.")));

    public static AwsError NotAPair(ReadOnlySpan<char> part) => Incomplete(
        $"'{Shown(part)}' not a valid key=value pair (missing equal-sign) in Authorization header.");

    public static AwsError NotExpected(ReadOnlySpan<char> part) => Incomplete(
        $"'{Shown(part)}' is unknown, empty or given twice in Authorization header.");

    public static AwsError SignedTwice() => Incomplete(
        "The request carries more than one signature: one Authorization header, or one set of X-Amz query parameters.");

    public static AwsError UnknownScheme() => Incomplete(
        $"The only algorithm that is supported is {AuthorizationHeader.Algorithm}.");

    private static AwsError Mismatch(string message) =>
        new(Framework + "InvalidSignatureException", "SignatureDoesNotMatch", 403, message);

    private static AwsError Incomplete(string message) =>
        new(Framework + "IncompleteSignatureException", "IncompleteSignature", 403, message);

    /// <summary>A stranger's text goes into an answer short, and without anything that could break its form.</summary>
    private static string Shown(ReadOnlySpan<char> text)
    {
        var shown = text[..Math.Min(text.Length, ShownMax)].ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] is < ' ' or > '~') shown[i] = '?';
        }

        return new string(shown);
    }
}
