using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class ListTopicsTests
{
    [Fact]
    public async Task They_come_in_the_order_of_their_names_a_hundred_at_a_time()
    {
        await using var sns = new TestSns();
        Assert.Empty((await sns.OkAsync(new SnsRequest("ListTopics"))).Items("Topics"));
        var names = Enumerable.Range(0, 205).Select(i => $"topic-{i:D3}").ToList();
        foreach (var name in names.AsEnumerable().Reverse()) await sns.CreateTopicAsync(name);

        var first = await sns.OkAsync(new SnsRequest("ListTopics"));
        var second = await sns.OkAsync(new SnsRequest("ListTopics").Set("NextToken", first.Text("NextToken")!));
        var third = await sns.OkAsync(new SnsRequest("ListTopics").Set("NextToken", second.Text("NextToken")!));

        Assert.Equal((100, 100, 5), (Arns(first).Count, Arns(second).Count, Arns(third).Count));
        Assert.Equal(names.Select(TestSns.TopicArn), [.. Arns(first), .. Arns(second), .. Arns(third)]);
        Assert.Null(third.Text("NextToken"));
    }

    [Fact]
    public async Task A_full_page_that_is_the_last_has_no_token()
    {
        await using var sns = new TestSns();
        for (var i = 0; i < 100; i++) await sns.CreateTopicAsync($"topic-{i}");

        var page = await sns.OkAsync(new SnsRequest("ListTopics"));

        Assert.Equal(100, Arns(page).Count);
        Assert.Null(page.Text("NextToken"));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("a b")]
    public async Task A_token_that_no_listing_gave_is_refused(string token)
    {
        await using var sns = new TestSns();

        await sns.RefusedAsync(new SnsRequest("ListTopics").Set("NextToken", token));
        await sns.RefusedAsync(new SnsRequest("ListTopics").Set("NextToken", new string('a', 5000)));
    }

    private static List<string> Arns(SnsAnswer page) =>
        [.. page.Items("Topics").Select(item => item.Text("TopicArn")!)];
}
