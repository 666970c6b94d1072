using System.Text;
using System.Text.Json;

namespace Weir.Benchmarks.Http;

/// <summary>What makes a webhook and takes it away, over REST.</summary>
internal sealed class WebhookRequests(int port)
{
    private const string Name = "bench";

    public ReadOnlyMemory<byte> Put(string queue, Uri url) => Request(
        "PUT", JsonSerializer.SerializeToUtf8Bytes(new { queue, url = url.ToString() }));

    public ReadOnlyMemory<byte> Delete() => Request("DELETE", []);

    private byte[] Request(string method, byte[] body)
    {
        var head = $"{method} /_weir/webhooks/{Name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
