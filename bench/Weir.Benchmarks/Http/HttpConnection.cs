using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Weir.Benchmarks.Http;

/// <summary>What came back. The body is valid until the connection's next request.</summary>
internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public ReadOnlyMemory<byte> BodyOfSuccess => Status is >= 200 and < 300
        ? Body
        : throw new InvalidOperationException($"{Status}: {System.Text.Encoding.UTF8.GetString(Body.Span)}");
}

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends whole requests and takes answers with a Content-Length: as little of a
/// client as there can be, since what it costs is taken from the server that it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int StatusStart = 9;

    private readonly Socket _socket;
    private byte[] _buffer = new byte[64 << 10];
    private int _length;

    private HttpConnection(Socket socket) => _socket = socket;

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new HttpConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public static async Task<HttpConnection[]> OpenAsync(int port, int count)
    {
        var connections = new HttpConnection[count];
        for (var i = 0; i < count; i++) connections[i] = await OpenAsync(port);
        return connections;
    }

    public async ValueTask<HttpAnswer> SendAsync(ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;) sent += await _socket.SendAsync(request[sent..]);
        _length = 0;
        var bodyStart = 0;
        while (bodyStart == 0)
        {
            await ReadMoreAsync();
            bodyStart = FindBody(_buffer.AsSpan(0, _length));
        }

        var bodyLength = ContentLength(_buffer.AsSpan(0, bodyStart));
        while (_length < bodyStart + bodyLength) await ReadMoreAsync();
        _ = Utf8Parser.TryParse(_buffer.AsSpan(StatusStart, 3), out int status, out _);
        return new HttpAnswer(status, _buffer.AsMemory(bodyStart, bodyLength));
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReadMoreAsync()
    {
        if (_length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
        if (read == 0) throw new IOException("The server closed the connection.");
        _length += read;
    }

    private static int FindBody(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = head.IndexOf("Content-Length: "u8);
        if (name < 0 || !Utf8Parser.TryParse(head[(name + 16)..], out int length, out _))
            throw new IOException("The answer has no Content-Length.");
        return length;
    }
}
