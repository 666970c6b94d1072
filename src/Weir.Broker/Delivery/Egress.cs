using System.Net;
using System.Net.Sockets;

namespace Weir.Broker.Delivery;

/// <summary>
/// The way out: the one HTTP client of all deliveries. What is checked is the address that is connected to, after the
/// name was resolved, so a name that resolves to something else a moment later gains nothing.
/// </summary>
internal sealed class Egress : IDisposable
{
    /// <summary>A kept connection does not notice that its name moved; so long after it is made anew.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly PushOptions _options;
    private readonly AddressRules _rules;
    private readonly HttpMessageInvoker _client;

    public Egress(PushOptions options)
    {
        _options = options;
        _rules = new AddressRules(options);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new WebProxy(options.Proxy),
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 64 << 10,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),

            // The requests are what the renderer made them, without headers of this process's own tracing.
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>Sends a request; completes with the head of the answer.</summary>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) =>
        _client.SendAsync(request, cancel);

    /// <summary>Why a request is refused by its address alone; null when it is not.</summary>
    public string? RefusalOf(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri) return "The request has no address.";
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return $"Weir calls http and https, not {uri.Scheme}.";
        if (uri.UserInfo.Length > 0)
            return "A user name in the address is not sent: give it as an Authorization header.";
        return IPAddress.TryParse(uri.IdnHost, out var address) && !Allows(uri.IdnHost, address)
            ? RefusalOf(uri.IdnHost, address)
            : null;
    }

    public void Dispose() => _client.Dispose();

    private static string RefusalOf(string host, IPAddress address) =>
        $"{host} has the address {address}, which Weir does not call unless its options allow it.";

    private bool Allows(string host, IPAddress address) => _rules.AllowsHost(host) || _rules.Allows(address);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isProxy = _options.Proxy is { } proxy && proxy.IdnHost == host && proxy.Port == port;
        var resolved = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await _options.Resolve(host, cancel).ConfigureAwait(false);
        var allowed = isProxy ? resolved : [.. resolved.Where(address => Allows(host, address))];
        if (allowed.Length == 0 && resolved.Length > 0)
            throw new EndpointRefusedException(RefusalOf(host, resolved[0]));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
