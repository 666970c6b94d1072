using System.Globalization;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>Time as signatures write it: <c>20150830T123600Z</c>, always UTC.</summary>
internal static class AmzDate
{
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Basic, CultureInfo.InvariantCulture);

    /// <summary>The day alone, as a credential scope has it.</summary>
    public static string FormatDay(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text, Basic, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>A client that cannot set X-Amz-Date signs the ordinary Date header, in one of HTTP's forms.</summary>
    public static bool TryParseHttp(ReadOnlySpan<char> text, out DateTimeOffset time) =>
        TryParse(text, out time)
        || DateTimeOffset.TryParseExact(
            text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
