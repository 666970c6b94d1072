using Xunit;

namespace Weir.Tests.Protocols.Sns;

public sealed class UntagResourceTests
{
    [Fact]
    public async Task Tags_are_removed_and_those_that_are_not_there_are_no_error()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.OkAsync(TagResourceTests.Tag("news", ("a", "1"), ("b", "2"), ("c", "3")));

        Assert.True((await sns.OkAsync(Untag("news", "a", "c", "d"))).HasResult);

        Assert.Equal([("b", "2")], await ListTagsForResourceTests.TagsAsync(sns, "news"));
        await sns.RefusedAsync(Untag("other", "a"), "NotFound", 404);
        await sns.RefusedAsync(new SnsRequest("UntagResource").Texts("TagKeys", "a"));
    }

    private static SnsRequest Untag(string topic, params string[] keys) =>
        new SnsRequest("UntagResource").Topic(topic, "ResourceArn").Texts("TagKeys", keys);
}
