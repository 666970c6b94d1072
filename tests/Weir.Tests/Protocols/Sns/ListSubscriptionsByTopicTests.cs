using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class ListSubscriptionsByTopicTests
{
    [Fact]
    public async Task They_are_those_of_the_topic_a_hundred_at_a_time()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.CreateTopicAsync("other");
        var expected = new List<string>();
        for (var i = 0; i < 101; i++) expected.Add(await sns.AddQueueAsync("news", $"queue-{i}"));
        await sns.SubscribeAsync("other", "queue-0");

        var pages = await ListSubscriptionsTests.PagesAsync(sns, () => List("news"));

        Assert.Equal([100, 1], pages.Select(page => page.Count));
        Assert.Equal(expected.Order(StringComparer.Ordinal), pages.SelectMany(page => page));
    }

    [Fact]
    public async Task A_topic_that_is_not_there_and_a_bad_token_are_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        Assert.Empty((await sns.OkAsync(List("news"))).Items("Subscriptions"));
        await sns.RefusedAsync(List("other"), "NotFound", 404);
        await sns.RefusedAsync(List("news").Set("NextToken", "!"));
        await sns.RefusedAsync(new SnsRequest("ListSubscriptionsByTopic"));
    }

    private static SnsRequest List(string topic) => new SnsRequest("ListSubscriptionsByTopic").Topic(topic);
}
