using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListReplaysTests
{
    [Theory]
    [InlineData("{}", "a1 b1")]
    [InlineData("""{"NamePrefix":"a"}""", "a1")]
    [InlineData($$"""{"EventSourceArn":"{{TestEvents.Prefix}}archive/other"}""", "b1")]
    [InlineData("""{"State":"COMPLETED"}""", "a1")]
    [InlineData("""{"State":"STARTING"}""", "b1")]
    public async Task It_lists_those_that_are_asked_for(string request, string names)
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.ArchiveAsync("other");
        await events.OkAsync("StartReplay", TestEvents.Replay("a1"));
        await using (var replays = events.Sqs.StartReplays()) await replays.WhenIdleAsync();
        await events.OkAsync("StartReplay", TestEvents.Replay("b1", "other"));

        var listed = (await events.OkAsync("ListReplays", request))["Replays"]!.AsArray();
        Assert.Equal(names, string.Join(' ', listed.Select(each => each!["ReplayName"]!.GetValue<string>())));
    }
}
