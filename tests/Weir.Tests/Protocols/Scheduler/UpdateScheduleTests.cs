using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Forwarding;
using Weir.Broker.Schedules;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class UpdateScheduleTests
{
    [Fact]
    public async Task It_is_due_as_the_new_expression_says_and_what_is_not_said_has_its_default()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync(
            "s", "cron(0 8 * * ? *)", new JsonObject { ["Description"] = "d", ["State"] = "DISABLED" });
        await scheduler.OkAsync("PUT", "/schedules/s", TestScheduler.Input("s", "cron(30 0 * * ? *)"));
        var answer = await scheduler.OkAsync("GET", "/schedules/s");
        Assert.Null(answer["Description"]);
        Assert.Equal("ENABLED", answer["State"]!.GetValue<string>());
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Single(await scheduler.BodiesAsync("s"));
    }

    [Fact]
    public async Task A_rate_counts_on_when_only_the_target_changes()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "rate(1 hour)");
        await scheduler.Clock.WhenIdleAsync();
        Assert.Single(await scheduler.BodiesAsync("s"));
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        await scheduler.OkAsync("PUT", "/schedules/s", TestScheduler.Input("s", "rate(1 hour)", new JsonObject
        {
            ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "other"),
        }));
        await scheduler.Clock.WhenIdleAsync();
        Assert.DoesNotContain("other", await scheduler.BodiesAsync("s"));
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Contains("other", await scheduler.BodiesAsync("s"));
    }

    [Fact]
    public async Task What_is_in_hand_by_the_target_before_does_not_go_out_once_the_update_is_answered()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "at(2026-01-01T01:00:00)");
        var broker = scheduler.Sqs.Broker.Broker;
        var key = new DueKey(new ScheduleGroupName("000000000000", "us-east-1", "default").DueScope, "s");
        var due = broker.Time.GetUtcNow() + TimeSpan.FromHours(1);
        var inHand = new ScheduleFiring(broker, NullLogger.Instance).Make(key, due, refusal: null)!;
        await scheduler.OkAsync("PUT", "/schedules/s", TestScheduler.Input(
            "s", "at(2026-01-01T01:00:00)", new JsonObject
            {
                ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "other"),
            }));

        var outcome = await new Forwarder(broker, NullLogger.Instance).ForwardAsync(inHand);
        Assert.Equal(FaultCode.ConfigChanged, outcome.Fault?.Code);
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(["other"], await scheduler.BodiesAsync("s"));
    }

    [Fact]
    public async Task One_that_is_not_there_is_not_found()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("s");
        await scheduler.RefusedAsync("PUT", "/schedules/s", 404, "ResourceNotFoundException",
            TestScheduler.Input("s", "rate(1 hour)"));
    }
}
