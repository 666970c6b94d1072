using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weir.Benchmarks.Http;

/// <summary>What makes schedules that send the time at which they are due to a queue.</summary>
internal sealed class ScheduleRequests(int port)
{
    private const string Account = "000000000000";
    private const string Region = "us-east-1";

    /// <summary>Of the right form only: the server has no keys.</summary>
    private const string Authorization = "AWS4-HMAC-SHA256 "
        + $"Credential=AKIAIOSFODNN7EXAMPLE/20260101/{Region}/scheduler/aws4_request, "
        + "SignedHeaders=host, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024";

    /// <summary>Due once, at this second.</summary>
    public ReadOnlyMemory<byte> Once(string name, DateTimeOffset due, string queue) => Create(
        name, $"at({due.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)})", null, queue);

    /// <summary>Due at this second for the first time, and each hour after it.</summary>
    public ReadOnlyMemory<byte> Hourly(string name, DateTimeOffset due, string queue) =>
        Create(name, "rate(1 hour)", due.ToUnixTimeSeconds(), queue);

    private byte[] Create(string name, string expression, long? start, string queue)
    {
        var members = new Dictionary<string, object>
        {
            ["ScheduleExpression"] = expression,
            ["FlexibleTimeWindow"] = new { Mode = "OFF" },
            ["Target"] = new
            {
                Arn = $"arn:aws:sqs:{Region}:{Account}:{queue}",
                RoleArn = $"arn:aws:iam::{Account}:role/bench",
                Input = "<aws.scheduler.scheduled-time>",
            },
        };
        if (start is { } second) members["StartDate"] = second;
        var body = JsonSerializer.SerializeToUtf8Bytes(members);
        var head = $"POST /schedules/{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {Authorization}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
