using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>The listening side of the HTTP server and its limits.</summary>
internal static class ListenAddress
{
    /// <param name="tls">Null: without TLS.</param>
    public static void Configure(KestrelServerOptions kestrel, ServerOptions options, TlsCertificate? tls)
    {
        kestrel.AddServerHeader = false;

        // The Amazon endpoint bounds bodies itself while they stream, to answer in its protocol's own form.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = options.HeaderBytesMax;
        kestrel.Limits.MaxConcurrentConnections = options.ConnectionsMax;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);

        if (options is { Host: "localhost", Port: not 0 }) kestrel.ListenLocalhost(options.Port, Listen);
        else kestrel.Listen(Parse(options.Host), options.Port, Listen);

        void Listen(ListenOptions listen)
        {
            // HTTP/2 is spoken by no client of these protocols.
            listen.Protocols = HttpProtocols.Http1;
            if (tls is null) return;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = tls.Context,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                }),
            });
        }
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
        return $"{(options.TlsCertificate is null ? "http" : "https")}://{host}:{port}";
    }

    private static IPAddress Parse(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ => IPAddress.Parse(host),
    };
}
