using System.Globalization;

namespace Weir.Protocols.Rest;

/// <summary>Whether and how long a caller would wait for the outcome: <c>Prefer: wait=10</c>,
/// <c>Prefer: respond-async</c>.</summary>
// https://www.rfc-editor.org/rfc/rfc7240 : a preference that is not honoured is no error.
internal static class Preferences
{
    public const int WaitSecondsMax = 20;

    /// <returns>0 to 20 seconds; null when nothing is preferred that could be read.</returns>
    public static int? Wait(RestCall call)
    {
        foreach (var part in call.Context.Request.Headers["Prefer"].ToString().Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).Trim().Equals("wait", StringComparison.OrdinalIgnoreCase))
                continue;
            if (int.TryParse(part.AsSpan(equals + 1), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var seconds))
                return Math.Clamp(seconds, 0, WaitSecondsMax);
        }

        return null;
    }

    /// <summary>True: the caller would rather not wait for what takes long.</summary>
    public static bool IsAsync(RestCall call) => call.Context.Request.Headers["Prefer"].ToString().Split(',')
        .Any(part => part.AsSpan().Trim().Equals("respond-async", StringComparison.OrdinalIgnoreCase));

    public static void Applied(RestCall call, int seconds) =>
        call.Context.Response.Headers["Preference-Applied"] = string.Create(
            CultureInfo.InvariantCulture, $"wait={seconds}");
}
