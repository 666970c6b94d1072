using Weir.Protocols.Aws;

namespace Weir.Protocols.Sns.Push;

/// <summary>The address of an HTTP subscription.</summary>
internal static class PushEndpoint
{
    private const int LengthMax = 2_048;

    public static AwsError? Check(string protocol, string endpoint)
    {
        var isUrl = endpoint.Length <= LengthMax && Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
            && url.Scheme == protocol && url.Host.Length > 0 && url.Fragment.Length == 0;
        return isUrl ? null : SnsErrors.Invalid("Endpoint", $"it must be a URL that begins with {protocol}://");
    }

    /// <summary>As it is shown: without the password that it may carry.</summary>
    public static string Show(string endpoint)
    {
        var url = new Uri(endpoint);
        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return endpoint;
        return endpoint.Replace(url.UserInfo, $"{url.UserInfo[..colon]}:****", StringComparison.Ordinal);
    }
}
