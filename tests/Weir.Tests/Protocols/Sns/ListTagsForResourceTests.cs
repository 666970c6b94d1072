using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class ListTagsForResourceTests
{
    [Fact]
    public async Task The_tags_that_the_topic_was_created_with_are_answered()
    {
        await using var sns = new TestSns();
        await sns.OkAsync(new SnsRequest("CreateTopic").Set("Name", "news").Tags(("team", "a & b"), ("cost", "")));
        await sns.CreateTopicAsync("bare");

        Assert.Equal([("cost", ""), ("team", "a & b")], await TagsAsync(sns, "news"));
        Assert.Empty(await TagsAsync(sns, "bare"));
        await sns.RefusedAsync(List("other"), "NotFound", 404);
        await sns.RefusedAsync(new SnsRequest("ListTagsForResource"));
    }

    internal static async Task<IReadOnlyList<(string Key, string Value)>> TagsAsync(TestSns sns, string topic) =>
        [.. (await sns.OkAsync(List(topic))).Items("Tags").Select(tag => (tag.Text("Key")!, tag.Text("Value")!))];

    private static SnsRequest List(string topic) => new SnsRequest("ListTagsForResource").Topic(topic, "ResourceArn");
}
