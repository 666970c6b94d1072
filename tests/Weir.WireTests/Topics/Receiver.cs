using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Weir.WireTests.Topics;

/// <summary>What an endpoint was sent.</summary>
public sealed record Delivered(string Path, string Type, bool IsRaw, string Body)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>With its question mark; empty when there is none.</summary>
    public required string Query { get; init; }
}

/// <summary>A real HTTP server of this process that takes what topics and rules push, and answers as the test says.
/// </summary>
public sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, Channel<Delivered>> _byPath = new();
    private readonly Task _serving;

    public Receiver()
    {
        var port = FreePort();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>The status of the answer, by path and how many requests came there before. Default: 200.</summary>
    public Func<string, int, int> StatusOf { get; set; } = (_, _) => 200;

    /// <summary>The body of the answer, by path. Default: none.</summary>
    public Func<string, string> BodyOf { get; set; } = _ => "";

    /// <summary>The next request to a path.</summary>
    public async Task<Delivered> NextAsync(string path)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return await Of(path).Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        var counts = new Dictionary<string, int>();
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var path = context.Request.Url!.AbsolutePath;
            var headers = context.Request.Headers;
            var delivered = new Delivered(
                path, headers["x-amz-sns-message-type"] ?? "", headers["x-amz-sns-rawdelivery"] == "true",
                await reader.ReadToEndAsync())
            {
                Headers = headers.AllKeys.ToDictionary(
                    name => name!, name => headers[name]!, StringComparer.OrdinalIgnoreCase),
                Query = context.Request.Url.Query,
            };
            counts[path] = counts.GetValueOrDefault(path) + 1;
            context.Response.StatusCode = StatusOf(path, counts[path] - 1);
            context.Response.Close(System.Text.Encoding.UTF8.GetBytes(BodyOf(path)), willBlock: true);
            await Of(path).Writer.WriteAsync(delivered);
        }
    }

    private Channel<Delivered> Of(string path) => _byPath.GetOrAdd(path, _ => Channel.CreateUnbounded<Delivered>());

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
