using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weir.WireTests.Hostile;

/// <summary>An answer as bytes off the wire. Header names are in lower case.</summary>
public sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool ClosesConnection => Headers.GetValueOrDefault("connection") == "close";
}

/// <summary>HTTP/1.1 by hand: it sends what no client would, and hangs up when it likes.</summary>
public sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly BufferedStream _input;
    private readonly NetworkStream _stream;

    private RawConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _input = new BufferedStream(_stream);
    }

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawConnection(socket);
    }

    /// <summary>Sends; a server that has already hung up on us is no error, its answer is what counts.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>The next answer; null when the server closed the connection instead.</summary>
    public async Task<RawAnswer?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(AnswerLimit);
        try
        {
            return await ReadAnswerAsync(limit.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Hangs up with a reset, as a client does that was killed.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _input.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<RawAnswer?> ReadAnswerAsync(CancellationToken limit)
    {
        if (await LineAsync(limit) is not { } statusLine) return null;
        if (!statusLine.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) return null;
        var headers = new Dictionary<string, string>();
        while (await LineAsync(limit) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }
        var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
        var isChunked = headers.GetValueOrDefault("transfer-encoding") == "chunked";
        var body = isChunked ? await ChunksAsync(limit) : await BytesAsync(length, limit);
        var status = int.Parse(statusLine.Split(' ')[1], CultureInfo.InvariantCulture);
        return new RawAnswer(status, headers, Encoding.UTF8.GetString(body));
    }

    private async Task<byte[]> ChunksAsync(CancellationToken limit)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse((await LineAsync(limit))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await BytesAsync(size, limit));
            await LineAsync(limit);
            if (size == 0) return body.ToArray();
        }
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken limit)
    {
        var bytes = new byte[count];
        await _input.ReadExactlyAsync(bytes, limit);
        return bytes;
    }

    private async Task<string?> LineAsync(CancellationToken limit)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _input.ReadAsync(one, limit) == 1)
        {
            if (one[0] == '\n') return line.ToString();
            if (one[0] != '\r') line.Append((char)one[0]);
        }
        return line.Length == 0 ? null : line.ToString();
    }
}
