using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListTagsForResourceTests
{
    [Fact]
    public async Task What_is_not_there_has_no_tags()
    {
        await using var events = new TestEvents();
        var tags = await events.OkAsync(
            "ListTagsForResource", $$"""{"ResourceARN":"{{TestEvents.Prefix}}event-bus/default"}""");

        Assert.Empty(tags["Tags"]!.AsArray());
        await events.RefusedAsync(
            "ListTagsForResource", $$"""{"ResourceARN":"{{TestEvents.Prefix}}rule/none"}""",
            "ResourceNotFoundException");
        await events.RefusedAsync(
            "ListTagsForResource", $$"""{"ResourceARN":"{{TestEvents.QueuePrefix}}q"}""", "ValidationException");
    }
}
