using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class RemoveTargetsTests
{
    [Fact]
    public async Task What_is_removed_gets_nothing_and_what_is_not_there_is_answered()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");

        var removed = await events.OkAsync("RemoveTargets", """{"Rule":"r","Ids":["q","none"]}""");
        await events.PutAsync();

        Assert.Equal(1, removed["FailedEntryCount"]!.GetValue<int>());
        Assert.Equal("none", removed["FailedEntries"]![0]!["TargetId"]!.GetValue<string>());
        Assert.Empty(await events.BodiesAsync("q"));
        await events.RefusedAsync("RemoveTargets", """{"Rule":"x","Ids":["q"]}""", "ResourceNotFoundException");
        await events.RefusedAsync("RemoveTargets", """{"Rule":"r","Ids":[]}""", "ValidationException");
    }
}
