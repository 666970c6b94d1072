using Weir.Broker.Topics;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker.Topics;

public sealed class TopicDirectoryTests
{
    private static readonly TopicName News = new("000000000000", "us-east-1", "news");

    [Fact]
    public async Task Of_many_who_create_a_topic_at_once_one_does_and_the_others_find_it()
    {
        await using var test = new TestBroker();
        var topics = new TopicDirectory(test.Broker);
        var found = 0;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => topics.CreateAsync(
            News, new TopicConfig { MessageBytesMax = 1_024 + i }, _ =>
            {
                Interlocked.Increment(ref found);
                return null;
            }).AsTask()));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsOk));
        Assert.Equal(15, found);
    }

    [Fact]
    public async Task Changes_at_once_are_all_made()
    {
        await using var test = new TestBroker();
        var topics = new TopicDirectory(test.Broker);
        await topics.CreateAsync(News, new TopicConfig(), _ => null);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => topics.ConfigureAsync(
            News, topic => topic with { Tags = topic.Tags.Add($"{i}", "") }).AsTask()));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsOk));
        Assert.Equal(8, (await topics.GetAsync(News)).Value.Config.Tags.Count);
    }

    [Fact]
    public async Task Nothing_is_subscribed_to_a_topic_that_goes_meanwhile()
    {
        await using var test = new TestBroker();
        var topics = new TopicDirectory(test.Broker);
        await topics.CreateAsync(News, new TopicConfig(), _ => null);

        var subscribed = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => SubscribeAsync(topics, i, afterwards: i == 3)));

        // Each came before the end of the topic, and went with it, or after it, and was refused.
        Assert.Equal(FaultCode.ResourceNotFound, (await topics.GetAsync(News)).Fault!.Code);
        Assert.All(subscribed.Where(outcome => !outcome.IsOk), outcome =>
            Assert.Equal(FaultCode.ResourceNotFound, outcome.Fault!.Code));
        await topics.CreateAsync(News, new TopicConfig(), _ => null);
        Assert.Empty((await topics.GetAsync(News)).Value.Subscriptions);
    }

    [Fact]
    public async Task The_topics_of_an_account_in_a_region_are_listed_in_order()
    {
        await using var test = new TestBroker();
        var topics = new TopicDirectory(test.Broker);
        TopicName[] names =
        [
            News with { Name = "b" }, News with { Name = "a" }, News with { Name = "B" },
            News with { Account = "111111111111" }, News with { Region = "eu-north-1" },
        ];
        foreach (var name in names) await topics.CreateAsync(name, new TopicConfig(), _ => null);

        Assert.Equal(["B", "a", "b"], (await topics.ListAsync(News.Account, News.Region)).Value.Select(
            topic => topic.Name.Name));
        Assert.Equal(["news"], (await topics.ListAsync("111111111111", News.Region)).Value.Select(
            topic => topic.Name.Name));
    }

    private static async Task<Outcome<Guid>> SubscribeAsync(TopicDirectory topics, int queue, bool afterwards)
    {
        var subscription = new SubscriptionConfig
        {
            Id = new Guid(queue, 0, 0, new byte[8]), Owner = News.Account,
            Queue = new QueueName(News.Account, News.Region, $"queue-{queue}"),
        };
        var outcome = await topics.SubscribeAsync(News, subscription, _ => null);
        if (afterwards) Assert.True((await topics.DeleteAsync(News)).IsOk);
        return outcome;
    }
}
