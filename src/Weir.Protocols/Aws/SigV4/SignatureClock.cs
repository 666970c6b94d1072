namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// Holds a signature's time against the clock. A header is good for 15 minutes on either side; a presigned request from
/// 15 minutes before its time until it expires.
/// </summary>
internal static class SignatureClock
{
    public static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    public static AwsError? Check(in SignedRequest signed, DateTimeOffset now)
    {
        if (!signed.Scope.Date.SequenceEqual(AmzDate.FormatDay(signed.SignedAt)))
            return SigV4Errors.ScopeOfAnotherDay(signed.Scope.Date.ToString(), signed.SignedAt);
        if (signed.SignedAt - now > SkewMax) return SigV4Errors.NotYetCurrent(signed.SignedAt, now);
        if (signed.Expires is { } expires)
            return now - signed.SignedAt > expires ? SigV4Errors.RequestExpired() : null;
        return now - signed.SignedAt > SkewMax ? SigV4Errors.SignatureExpired(signed.SignedAt, now) : null;
    }
}
