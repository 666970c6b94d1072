using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Weir.Protocols.Aws.SigV4;

/// <summary>
/// The target of a request as it stood on the wire: a signature covers those bytes, and the framework's decoded path
/// has lost them.
/// </summary>
internal readonly ref struct RequestTarget
{
    public RequestTarget(string target)
    {
        // An absolute-form target, as a proxy sends it, is signed as its origin form.
        var origin = target.AsSpan();
        var authority = origin.StartsWith('/') ? -1 : origin.IndexOf("://");
        if (authority >= 0)
        {
            var path = origin[(authority + 3)..].IndexOf('/');
            origin = path < 0 ? "/" : origin[(authority + 3 + path)..];
        }

        var question = origin.IndexOf('?');
        Path = question < 0 ? origin : origin[..question];
        Query = question < 0 ? default : origin[(question + 1)..];
    }

    public ReadOnlySpan<char> Path { get; }

    public ReadOnlySpan<char> Query { get; }

    public static RequestTarget Of(HttpRequest request) =>
        new(request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/");
}
