using System.Text;
using Weir.WireTests.Server;

namespace Weir.WireTests.Hostile;

/// <summary>What is not HTTP has no form to be answered in: 400 or a hang-up, and the server goes on.</summary>
public sealed class When_http_itself_is_broken(SharedServer server)
{
    private static readonly string Us = Account.Of(nameof(When_http_itself_is_broken));

    public static TheoryData<string> Names => [.. Requests().Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task It_is_refused_and_the_next_connection_works(string name)
    {
        using var log = server.Weir.Log.Watch();
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        await connection.SendAsync(Requests()[name]);
        if (await connection.ReadAsync() is { } answer) Assert.InRange(answer.Status, 400, 505);

        using var other = await RawConnection.OpenAsync(server.Weir.Port);
        await other.SendAsync(RawRequest.Json(Us, "ListQueues", "{}"));
        Assert.Equal(200, (await other.ReadAsync())?.Status);
    }

    private static Dictionary<string, byte[]> Requests() => new()
    {
        ["noise"] = [0, 1, 2, 255, 254, 13, 10, 13, 10],
        ["tls"] = [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x00, 13, 10],
        ["http 2"] = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ["http 9"] = Encoding.ASCII.GetBytes("GET / HTTP/9.9\r\n\r\n"),
        ["no version"] = Encoding.ASCII.GetBytes("GET /\r\n\r\n"),
        ["no host"] = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"),
        ["two hosts"] = RawRequest.Head("GET / HTTP/1.1", "Host: other"),
        ["negative length"] = RawRequest.Head("POST / HTTP/1.1", "Content-Length: -1"),
        ["length that is no number"] = RawRequest.Head("POST / HTTP/1.1", "Content-Length: ten"),
        ["two lengths"] = RawRequest.Head("POST / HTTP/1.1", "Content-Length: 1", "Content-Length: 2"),
        ["length and chunks"] =
        [
            .. RawRequest.Head("POST / HTTP/1.1", "Content-Length: 5", "Transfer-Encoding: chunked"), .. "0\r\n\r\n"u8,
        ],
        ["chunk that is no number"] =
            [.. RawRequest.Head("POST / HTTP/1.1", "Transfer-Encoding: chunked"), .. "zz\r\nhello\r\n"u8],
        ["chunk beyond 64 bits"] =
            [.. RawRequest.Head("POST / HTTP/1.1", "Transfer-Encoding: chunked"), .. "ffffffffffffffffff\r\n"u8],
        ["header without colon"] = RawRequest.Head("GET / HTTP/1.1", "no colon here"),
        ["NUL in a header"] = RawRequest.Head("GET / HTTP/1.1", "X-Amz-Date: 2026\0"),
        ["NUL in the path"] = RawRequest.Head("GET /\0 HTTP/1.1"),
        ["escaped NUL in the path"] = RawRequest.Head("GET /%00/queue?Action=ReceiveMessage HTTP/1.1"),
        ["other method"] = RawRequest.Head("BREW / HTTP/1.1"),
        ["put"] = RawRequest.With("{}"u8.ToArray(), "PUT / HTTP/1.1"),
        ["options"] = RawRequest.Head("OPTIONS * HTTP/1.1"),
        ["other type"] = RawRequest.With("x"u8.ToArray(), "POST / HTTP/1.1", "Content-Type: text/plain"),
        ["no type"] = RawRequest.With("x"u8.ToArray(), "POST / HTTP/1.1"),
        ["compressed"] = RawRequest.With(
            [0x1F, 0x8B, 8, 0], "POST / HTTP/1.1", "X-Amz-Target: AmazonSQS.ListQueues",
            "Content-Type: application/x-amz-json-1.0", "Content-Encoding: gzip"),
    };
}
