using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ListQueuesTests
{
    [Theory, OverBothWires]
    public async Task It_lists_by_prefix_and_in_pages(Wire wire)
    {
        await using var sqs = new TestSqs();
        Assert.Empty(await UrlsAsync(sqs, wire, new SqsRequest("ListQueues")));
        foreach (var name in (string[])["b-1", "a-1", "a-3", "a-2"]) await sqs.CreateAsync(name);

        Assert.Equal(["a-1", "a-2", "a-3", "b-1"], await UrlsAsync(sqs, wire, new SqsRequest("ListQueues")));
        var first = await sqs.OkAsync(wire, Page(2));
        Assert.Equal(["a-1", "a-2"], Names(first));
        var second = await sqs.OkAsync(wire, Page(2).Set("NextToken", first.Text("NextToken")!));
        Assert.Equal(["a-3"], Names(second));
        Assert.Null(second.Text("NextToken"));
    }

    [Theory, OverBothWires]
    public async Task A_bad_page_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();

        await sqs.RefusedAsync(wire, Page(0), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Page(1001), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Page(1).Set("NextToken", "!!!"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Page(1).Set("NextToken", "a"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Page(1).Set("NextToken", new string('a', 5000)), "InvalidParameterValue");
    }

    private static SqsRequest Page(int max) =>
        new SqsRequest("ListQueues").Set("QueueNamePrefix", "a-").Set("MaxResults", max);

    private static async Task<IEnumerable<string>> UrlsAsync(TestSqs sqs, Wire wire, SqsRequest request) =>
        Names(await sqs.OkAsync(wire, request));

    private static IEnumerable<string> Names(SqsAnswer answer) =>
        answer.Texts("QueueUrls", "QueueUrl").Select(url => url[(url.LastIndexOf('/') + 1)..]);
}
