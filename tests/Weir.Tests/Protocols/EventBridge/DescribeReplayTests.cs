using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeReplayTests
{
    [Fact]
    public async Task It_answers_what_was_asked_for_and_how_far_it_has_got()
    {
        await using var events = new TestEvents();
        await events.ArchiveAsync("all");
        await events.RuleAsync("r");
        events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(5));
        await events.PutAsync();
        events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(5));
        await events.OkAsync("StartReplay", TestEvents.Replay("again", rules: "r"));
        var waiting = await events.OkAsync("DescribeReplay", """{"ReplayName":"again"}""");
        Assert.Equal("STARTING", waiting["State"]!.GetValue<string>());
        Assert.Null(waiting["EventLastReplayedTime"]);
        Assert.Null(waiting["ReplayEndTime"]);
        await using (var replays = events.Sqs.StartReplays()) await replays.WhenIdleAsync();

        var done = await events.OkAsync("DescribeReplay", """{"ReplayName":"again"}""");
        Assert.Equal("COMPLETED", done["State"]!.GetValue<string>());
        Assert.Equal((1_767_225_605, 1_767_225_610, 1_767_225_610), (
            done["EventLastReplayedTime"]!.GetValue<long>(), done["ReplayStartTime"]!.GetValue<long>(),
            done["ReplayEndTime"]!.GetValue<long>()));
        Assert.Equal($"{TestEvents.Prefix}archive/all", done["EventSourceArn"]!.GetValue<string>());
        Assert.Equal($"{TestEvents.Prefix}event-bus/default", done["Destination"]!["Arn"]!.GetValue<string>());
        var rule = Assert.Single(done["Destination"]!["FilterArns"]!.AsArray())!;
        Assert.Equal($"{TestEvents.Prefix}rule/r", rule.GetValue<string>());
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("DescribeReplay", """{"ReplayName":"none"}""", "ResourceNotFoundException");
    }
}
