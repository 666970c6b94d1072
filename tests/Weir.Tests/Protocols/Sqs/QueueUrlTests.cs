using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class QueueUrlTests
{
    [Theory]
    [InlineData("http://localhost:4566/000000000000/orders")]
    [InlineData("https://sqs.us-east-1.amazonaws.com/000000000000/orders")]
    [InlineData("http://proxy/weir/000000000000/orders")]
    [InlineData("/000000000000/orders")]
    [InlineData("000000000000/orders")]
    [InlineData("orders")]
    public async Task A_queue_is_found_whatever_host_it_is_known_by(string url)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var wire in Enum.GetValues<Wire>()) await sqs.OkAsync(wire, Tags(url));
    }

    [Theory]
    [InlineData("http://localhost:4566/111111111111/orders", "AccessDenied", 403)]
    [InlineData("http://localhost:4566/orders", "InvalidAddress", 404)]
    [InlineData("http://localhost:4566/", "InvalidAddress", 404)]
    [InlineData("http://localhost:4566/000000000000/", "InvalidAddress", 404)]
    [InlineData("http://localhost:4566/00000000000/orders", "InvalidAddress", 404)]
    [InlineData("http://localhost:4566/000000000000/a b", "InvalidAddress", 404)]
    [InlineData("http://localhost:4566/000000000000/orders?x=1", "InvalidAddress", 404)]
    [InlineData("unknown", "AWS.SimpleQueueService.NonExistentQueue", 400)]
    public async Task Any_other_is_refused(string url, string code, int status)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var wire in Enum.GetValues<Wire>()) await sqs.RefusedAsync(wire, Tags(url), code, status);
    }

    private static SqsRequest Tags(string url) => new SqsRequest("ListQueueTags").Set("QueueUrl", url);
}
