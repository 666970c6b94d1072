using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class StartReplayTests
{
    [Fact]
    public async Task Events_come_again_as_they_were_with_the_name_of_the_replay()
    {
        await using var events = new TestEvents();
        await using var replays = events.Sqs.StartReplays();
        await events.ArchiveAsync("all");
        await events.RouteAsync("r", "q");
        var id = await events.PutAsync("""{"n":1}""");
        var first = JsonNode.Parse(Assert.Single(await events.BodiesAsync("q")))!.AsObject();
        events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(1));

        var started = await events.OkAsync("StartReplay", TestEvents.Replay("again"));
        await replays.WhenIdleAsync();

        Assert.Equal(($"{TestEvents.Prefix}replay/again", "STARTING"),
            (started["ReplayArn"]!.GetValue<string>(), started["State"]!.GetValue<string>()));
        var second = JsonNode.Parse(Assert.Single(await events.BodiesAsync("q")))!.AsObject();
        Assert.Equal((id, "again"), (second["id"]!.GetValue<string>(), second["replay-name"]!.GetValue<string>()));
        second.Remove("replay-name");
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task Only_the_rules_that_are_chosen_get_them()
    {
        await using var events = new TestEvents();
        await using var replays = events.Sqs.StartReplays();
        await events.BusAsync("shop");
        await events.ArchiveAsync("all", "shop");
        await events.PutAsync(bus: "shop");
        await events.RouteAsync("r1", "q1", "shop");
        await events.RouteAsync("r2", "q2", "shop");

        await events.OkAsync("StartReplay", TestEvents.Replay("again", bus: "shop", rules: "r2"));
        await replays.WhenIdleAsync();

        Assert.Empty(await events.BodiesAsync("q1"));
        Assert.Single(await events.BodiesAsync("q2"));
    }

    [Fact]
    public async Task A_pattern_can_tell_replayed_events_from_new_ones()
    {
        await using var events = new TestEvents();
        await using var replays = events.Sqs.StartReplays();
        await events.ArchiveAsync("all");
        await events.QueueAsync("q");
        await events.RuleAsync("r", """{"replay-name":[{"exists":false}]}""");
        await events.TargetsAsync("r", TestEvents.Target("q"));
        await events.PutAsync();
        await events.OkAsync("StartReplay", TestEvents.Replay("again"));
        await replays.WhenIdleAsync();

        Assert.Single(await events.BodiesAsync("q"));
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused()
    {
        await using var events = new TestEvents();
        await events.BusAsync("shop");
        await events.ArchiveAsync("all");
        await events.RuleAsync("r");
        await events.RefusedAsync("StartReplay", TestEvents.Replay("a", "none"), "ResourceNotFoundException");
        await events.RefusedAsync("StartReplay", TestEvents.Replay("a", rules: "none"), "ResourceNotFoundException");
        var cross = await events.RefusedAsync(
            "StartReplay", TestEvents.Replay("a", bus: "shop"), "ValidationException");
        Assert.Contains("Cross event bus", cross, StringComparison.Ordinal);
        var request = JsonNode.Parse(TestEvents.Replay("a"))!.AsObject();
        request["EventEndTime"] = 0;
        var times = await events.RefusedAsync("StartReplay", request.ToJsonString(), "ValidationException");
        Assert.Contains("EventEndTime", times, StringComparison.Ordinal);
        request.Remove("EventEndTime");
        await events.RefusedAsync("StartReplay", request.ToJsonString(), "ValidationException");
        request = JsonNode.Parse(TestEvents.Replay("a"))!.AsObject();
        request.Remove("Destination");
        await events.RefusedAsync("StartReplay", request.ToJsonString(), "ValidationException");
        await events.OkAsync("StartReplay", TestEvents.Replay("a", rules: "r"));
        await events.RefusedAsync("StartReplay", TestEvents.Replay("a"), "ResourceAlreadyExistsException");
    }

    [Fact]
    public async Task At_most_ten_are_under_way()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        for (var i = 0; i < 10; i++) await events.OkAsync("StartReplay", TestEvents.Replay($"r{i}"));
        await events.RefusedAsync("StartReplay", TestEvents.Replay("more"), "LimitExceededException");
        await using (var replays = events.Sqs.StartReplays()) await replays.WhenIdleAsync();
        await events.OkAsync("StartReplay", TestEvents.Replay("more"));
    }
}
