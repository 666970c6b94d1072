using System.Text;

namespace Weir.WireTests.Hostile;

/// <summary>Requests as bytes: well formed ones, and those that are bent from them.</summary>
public static class RawRequest
{
    public static byte[] Json(string account, string operation, string body) =>
        Json(account, operation, Encoding.UTF8.GetBytes(body));

    public static byte[] Json(string account, string operation, byte[] body) => With(
        body, "POST / HTTP/1.1", Identity(account), $"X-Amz-Target: AmazonSQS.{operation}",
        "Content-Type: application/x-amz-json-1.0");

    public static byte[] Form(string account, string body, string path = "/") => With(
        Encoding.Latin1.GetBytes(body), $"POST {path} HTTP/1.1", Identity(account),
        "Content-Type: application/x-www-form-urlencoded; charset=utf-8");

    public static byte[] Get(string account, string pathAndQuery) =>
        Head($"GET {pathAndQuery} HTTP/1.1", Identity(account));

    /// <summary>A request with these lines, its body, and the body's true length.</summary>
    public static byte[] With(byte[] body, params string[] lines) =>
        [.. Head([.. lines, $"Content-Length: {body.Length}"]), .. body];

    /// <summary>The lines as given, with nothing added but the host and the empty line at the end.</summary>
    public static byte[] Head(params string[] lines) =>
        Encoding.Latin1.GetBytes(string.Join("\r\n", [lines[0], "Host: 127.0.0.1", .. lines[1..], "", ""]));

    /// <summary>One chunk after the other, without any length ahead.</summary>
    public static IEnumerable<byte[]> Chunked(int chunkBytes, int chunks, params string[] lines)
    {
        yield return Head([.. lines, "Transfer-Encoding: chunked"]);
        byte[] chunk = [.. Encoding.Latin1.GetBytes($"{chunkBytes:x}\r\n"), .. Filled(chunkBytes), .. "\r\n"u8];
        for (var i = 0; i < chunks; i++) yield return chunk;
        yield return "0\r\n\r\n"u8.ToArray();
    }

    public static byte[] Filled(int count)
    {
        var bytes = new byte[count];
        Array.Fill(bytes, (byte)'x');
        return bytes;
    }

    public static string Identity(string account) =>
        $"Authorization: AWS4-HMAC-SHA256 Credential={account}/20261124/us-east-1/sqs/aws4_request, "
        + $"SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}";
}
