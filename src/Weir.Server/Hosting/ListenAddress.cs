using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>The listening side of the HTTP server and its limits.</summary>
internal static class ListenAddress
{
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;

        // The Amazon endpoint bounds bodies itself while they stream, to answer in its protocol's own form.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.HeaderBytesMax;
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);

        // HTTP/2 without TLS is spoken by no client of these protocols.
        if (options is { Host: "localhost", Port: not 0 })
            kestrel.ListenLocalhost(options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        else
            kestrel.Listen(Parse(options.Host), options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>How a client of this machine reaches the server, with the port that it really got.</summary>
    public static string Endpoint(ServerOptions options, string boundAddress)
    {
        var port = new Uri(boundAddress.Replace("*", "localhost", StringComparison.Ordinal)).Port;
        var host = options.Host switch
        {
            "localhost" => "localhost",
            "*" or "0.0.0.0" or "::" => "127.0.0.1",
            var ip => ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip,
        };
        return $"http://{host}:{port}";
    }

    private static IPAddress Parse(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ => IPAddress.Parse(host),
    };
}
