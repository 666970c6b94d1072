using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class TagResourceTests
{
    [Fact]
    public async Task Tags_are_added_and_replaced()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        Assert.True((await sns.OkAsync(Tag("news", ("team", "a"), ("cost", "x/y")))).HasResult);
        await sns.OkAsync(Tag("news", ("team", "b"), ("empty", "")));

        await sns.Queues.RestartAsync();
        Assert.Equal(
            [("cost", "x/y"), ("empty", ""), ("team", "b")], await ListTagsForResourceTests.TagsAsync(sns, "news"));
    }

    [Fact]
    public async Task A_topic_has_at_most_50()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.OkAsync(Tag("news", [.. Enumerable.Range(0, 50).Select(i => ($"key-{i}", "v"))]));

        await sns.RefusedAsync(Tag("news", ("one-more", "v")), "TagLimitExceeded");

        await sns.OkAsync(Tag("news", ("key-0", "another")));
        Assert.Equal(50, (await ListTagsForResourceTests.TagsAsync(sns, "news")).Count);
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");

        await sns.RefusedAsync(Tag("other", ("team", "a")), "NotFound", 404);
        await sns.RefusedAsync(Tag("news", ("aws:team", "a")), "ParameterValueInvalid");
        await sns.RefusedAsync(Tag("news", (new string('k', 129), "a")), "ParameterValueInvalid");
        await sns.RefusedAsync(Tag("news", ("team", new string('v', 257))), "ParameterValueInvalid");
        await sns.RefusedAsync(Tag("news", ("team", "a"), ("team", "b")), "ParameterValueInvalid");
        await sns.RefusedAsync(new SnsRequest("TagResource").Tags(("team", "a")));
        Assert.Empty(await ListTagsForResourceTests.TagsAsync(sns, "news"));
    }

    internal static SnsRequest Tag(string topic, params (string Key, string Value)[] tags) =>
        new SnsRequest("TagResource").Topic(topic, "ResourceArn").Tags(tags);
}
