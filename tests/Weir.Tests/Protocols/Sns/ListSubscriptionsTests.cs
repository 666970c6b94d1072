using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class ListSubscriptionsTests
{
    [Fact]
    public async Task They_are_those_of_all_topics_of_the_account_in_the_region()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("a");
        await sns.CreateTopicAsync("b");
        var first = await sns.AddQueueAsync("a", "inbox");
        var second = await sns.SubscribeAsync("b", "inbox");
        var list = new SnsRequest("ListSubscriptions");

        var items = (await sns.OkAsync(list)).Items("Subscriptions");

        Assert.Equal([first, second], items.Select(item => item.Text("SubscriptionArn")));
        Assert.Equal(
            (TestSns.TopicArn("b"), TestSns.QueueArn("inbox"), "sqs", TestSns.Account),
            (items[1].Text("TopicArn"), items[1].Text("Endpoint"), items[1].Text("Protocol"), items[1].Text("Owner")));
        sns.Queues.Caller = ("111111111111", "us-east-1");
        Assert.Empty((await sns.OkAsync(list)).Items("Subscriptions"));
        sns.Queues.Caller = (TestSns.Account, "eu-north-1");
        Assert.Empty((await sns.OkAsync(list)).Items("Subscriptions"));
    }

    [Fact]
    public async Task They_come_a_hundred_at_a_time()
    {
        await using var sns = new TestSns();
        var expected = new List<string>();
        foreach (var topic in (string[])["a", "b", "c"]) await sns.CreateTopicAsync(topic);
        for (var i = 0; i < 70; i++) expected.Add(await sns.AddQueueAsync("a", $"queue-{i}"));
        for (var i = 0; i < 70; i++) expected.Add(await sns.SubscribeAsync("b", $"queue-{i}"));
        for (var i = 0; i < 70; i++) expected.Add(await sns.SubscribeAsync("c", $"queue-{i}"));

        var pages = await PagesAsync(sns, () => new SnsRequest("ListSubscriptions"));

        Assert.Equal([100, 100, 10], pages.Select(page => page.Count));
        Assert.Equal(expected.Order(StringComparer.Ordinal), pages.SelectMany(page => page));
        await sns.RefusedAsync(new SnsRequest("ListSubscriptions").Set("NextToken", "!"));
    }

    internal static async Task<List<List<string>>> PagesAsync(TestSns sns, Func<SnsRequest> request)
    {
        var pages = new List<List<string>>();
        string? token = null;
        do
        {
            var page = await sns.OkAsync(token is null ? request() : request().Set("NextToken", token));
            pages.Add([.. page.Items("Subscriptions").Select(item => item.Text("SubscriptionArn")!)]);
            token = page.Text("NextToken");
        }
        while (token is not null);

        return pages;
    }
}
