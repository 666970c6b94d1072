using System.Buffers;

namespace Weir.Broker.Endpoints;

/// <summary>Which headers may be set for calls: not those that say how the request itself is sent.</summary>
public static class HeaderRules
{
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Encoding", "Content-Length", "Expect", "Host", "Keep-Alive", "Max-Forwards",
        "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "Via",
    };

    // https://www.rfc-editor.org/rfc/rfc9110#name-tokens
    private static readonly SearchValues<char> InName = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool Allows(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept(InName) && !Refused.Contains(name);

    /// <summary>False for what would end the header, or is no text.</summary>
    public static bool AllowsValue(string value) => value.All(static each => each is >= ' ' and not '\x7f' or '\t');
}
