using System.Net;
using Microsoft.Extensions.Primitives;

namespace Weir.Server.Hosting;

/// <summary>
/// Without keys, being on this machine is all the permission that a caller needs, and a web page that somebody reads
/// here is on this machine too: its browser would post forms to 127.0.0.1 for it. Browsers say where a page came from.
/// </summary>
internal static class BrowserGuard
{
    /// <summary>False for a page of this machine, and for callers that are no page.</summary>
    public static bool IsForeign(StringValues origin) =>
        origin.Count > 0
        && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page)
            && (page.Host == "localhost" || (IPAddress.TryParse(page.Host, out var ip) && IPAddress.IsLoopback(ip))));
}
