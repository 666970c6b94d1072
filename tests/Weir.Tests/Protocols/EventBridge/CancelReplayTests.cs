using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class CancelReplayTests
{
    [Fact]
    public async Task A_replay_that_is_cancelled_ends()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.RouteAsync("r", "q");
        await events.PutAsync();
        Assert.Single(await events.BodiesAsync("q"));
        await events.OkAsync("StartReplay", TestEvents.Replay("again"));

        var answer = await events.OkAsync("CancelReplay", """{"ReplayName":"again"}""");
        Assert.Equal(($"{TestEvents.Prefix}replay/again", "CANCELLING"),
            (answer["ReplayArn"]!.GetValue<string>(), answer["State"]!.GetValue<string>()));
        await using (var replays = events.Sqs.StartReplays()) await replays.WhenIdleAsync();
        var described = await events.OkAsync("DescribeReplay", """{"ReplayName":"again"}""");
        Assert.Equal("CANCELLED", described["State"]!.GetValue<string>());
        Assert.Empty(await events.BodiesAsync("q"));
    }

    [Fact]
    public async Task One_that_has_ended_or_is_not_there_is_refused()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.OkAsync("StartReplay", TestEvents.Replay("again"));
        await using (var replays = events.Sqs.StartReplays()) await replays.WhenIdleAsync();
        await events.RefusedAsync("CancelReplay", """{"ReplayName":"again"}""", "IllegalStatusException");
        await events.RefusedAsync("CancelReplay", """{"ReplayName":"none"}""", "ResourceNotFoundException");
    }
}
