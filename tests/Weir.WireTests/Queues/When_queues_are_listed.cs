using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_queues_are_listed(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Those_with_the_prefix_are_listed(string client)
    {
        var sqs = server.Client(client, this);
        foreach (var name in new[] { "blue-1", "blue-2", "green-1" }) await sqs.CreateAsync(name);

        Assert.Equal(["blue-1", "blue-2"], await ListedAsync(sqs, new() { ["QueueNamePrefix"] = "blue-" }));
        Assert.Equal(["green-1"], await ListedAsync(sqs, new() { ["QueueNamePrefix"] = "green" }));
        Assert.Empty(await ListedAsync(sqs, new() { ["QueueNamePrefix"] = "Blue" }));
    }

    [Theory, BothProtocols]
    public async Task Pages_follow_each_other_without_gap_or_repetition(string client)
    {
        var sqs = server.Client(client, this);
        string[] names = [.. Enumerable.Range(0, 7).Select(i => $"page-{i}")];
        foreach (var name in names) await sqs.CreateAsync(name);

        var listed = new List<string>();
        var pages = 0;
        string? token = null;
        do
        {
            var input = new JsonObject { ["QueueNamePrefix"] = "page-", ["MaxResults"] = 3 };
            if (token is not null) input["NextToken"] = token;
            var page = await sqs.CallAsync("ListQueues", input);
            Assert.True(page.QueueNames().Length <= 3);
            listed.AddRange(page.QueueNames());
            token = (string?)page["NextToken"];
            pages++;
        }
        while (token is not null);

        Assert.Equal(names, listed.Order(StringComparer.Ordinal));
        Assert.Equal(3, pages);
    }

    [Theory, BothProtocols]
    public async Task A_page_size_out_of_range_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        foreach (var size in new[] { 0, -1, 1001 })
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "ListQueues", new() { ["MaxResults"] = size });
    }

    [Theory, BothProtocols]
    public async Task A_page_token_that_is_none_is_refused(string client)
    {
        var sqs = server.Client(client, this);

        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "ListQueues", new() { ["MaxResults"] = 1, ["NextToken"] = "no token" });
    }

    private static async Task<string[]> ListedAsync(SqsClient sqs, JsonObject input) =>
        [.. (await sqs.CallAsync("ListQueues", input)).QueueNames().Order(StringComparer.Ordinal)];
}
