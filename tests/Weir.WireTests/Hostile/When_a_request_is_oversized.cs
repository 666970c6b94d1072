using Weir.WireTests.Server;

namespace Weir.WireTests.Hostile;

/// <summary>
/// What is longer than Weir takes is refused, at the latest where the limit is passed, and the connection may be
/// closed then: nobody reads the rest. The server goes on, and nothing is in the log.
/// </summary>
public sealed class When_a_request_is_oversized(SharedServer server)
{
    private const int Mebibyte = 1 << 20;

    private static readonly string Us = Account.Of(nameof(When_a_request_is_oversized));

    [Theory]
    [InlineData("application/x-amz-json-1.0")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task By_its_declared_length_it_is_refused_before_it_is_sent(string type)
    {
        var request = RawRequest.Head([.. Lines(type), $"Content-Length: {1L << 40}"]);

        Assert.InRange(await StatusAsync([request]), 400, 499);
    }

    [Theory]
    [InlineData("application/x-amz-json-1.0")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Without_a_declared_length_it_is_refused_on_the_way(string type)
    {
        var status = await StatusAsync(RawRequest.Chunked(Mebibyte, 32, Lines(type)));

        Assert.InRange(status, 400, 499);
    }

    [Theory]
    [InlineData("one header", 1, 65_536)]
    [InlineData("many headers", 5_000, 10)]
    public async Task Headers_beyond_the_limit_are_refused(string name, int count, int length)
    {
        string[] more = [.. Enumerable.Range(0, count).Select(i => $"X-Header-{i}: {new string('h', length)}")];

        var status = await StatusAsync([RawRequest.Head(["GET /?Action=ListQueues HTTP/1.1", .. more])]);

        Assert.True(status is 431 or 400, $"{name} were answered with {status}.");
    }

    [Fact]
    public async Task A_path_beyond_the_limit_is_refused() =>
        Assert.InRange(await StatusAsync([RawRequest.Get(Us, "/" + new string('p', 100_000))]), 400, 499);

    [Fact]
    public async Task A_hundred_thousand_parameters_are_answered()
    {
        var form = string.Join('&', Enumerable.Range(1, 100_000).Select(i => $"AttributeName.{i}=All"));
        var action = $"Action=GetQueueAttributes&Version=2012-11-05&QueueUrl=http://a/{Us}/none";

        Assert.InRange(await StatusAsync([RawRequest.Form(Us, $"{action}&{form}")]), 400, 499);
    }

    private async Task<int> StatusAsync(IEnumerable<byte[]> parts)
    {
        using var log = server.Weir.Log.Watch();
        using var connection = await RawConnection.OpenAsync(server.Weir.Port);
        var sending = SendAsync(connection, parts);
        var answer = await connection.ReadAsync();
        await sending;
        Assert.NotNull(answer);

        using var other = await RawConnection.OpenAsync(server.Weir.Port);
        await other.SendAsync(RawRequest.Json(Us, "ListQueues", "{}"));
        Assert.Equal(200, (await other.ReadAsync())?.Status);
        return answer.Status;
    }

    private static async Task SendAsync(RawConnection connection, IEnumerable<byte[]> parts)
    {
        foreach (var part in parts) await connection.SendAsync(part);
    }

    private static string[] Lines(string type) =>
    [
        "POST / HTTP/1.1", RawRequest.Identity(Us), "X-Amz-Target: AmazonSQS.SendMessage", $"Content-Type: {type}",
    ];
}
