using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weir.Broker.Schedules;
using Weir.Broker.Targets;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

public sealed class When_a_schedule_fires
{
    [Fact]
    public async Task It_does_so_once_for_each_time_it_is_due_across_restarts()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "cron(* * * * ? *)", new JsonObject
        {
            ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "<aws.scheduler.scheduled-time>"),
        });
        var fired = new List<string>();
        for (var minute = 1; minute <= 4; minute++)
        {
            await scheduler.PassAsync(TimeSpan.FromSeconds(30));
            await scheduler.RestartAsync();
            await scheduler.PassAsync(TimeSpan.FromSeconds(30));
            await scheduler.RestartAsync();
            fired.AddRange(await scheduler.BodiesAsync("s"));
        }

        // What was received before becomes visible again, so each time is told apart by its text.
        Assert.Equal(
            ["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z", "2026-01-01T00:03:00Z", "2026-01-01T00:04:00Z"],
            fired.Distinct().Order());
        Assert.Equal(4, await CountAsync(scheduler, "s"));
    }

    [Fact]
    public async Task Of_what_was_missed_the_last_is_made_up_for_and_the_rest_is_told()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "cron(0 * * * ? *)", new JsonObject
        {
            ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "<aws.scheduler.scheduled-time>"),
        });
        await scheduler.RestartAsync(TimeSpan.FromMinutes(210));
        Assert.Equal(["2026-01-01T03:00:00Z"], await scheduler.BodiesAsync("s"));
        Assert.Contains(scheduler.Sqs.ClockLog.Entries, entry => entry.Level == LogLevel.Warning);
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Contains("2026-01-01T04:00:00Z", await scheduler.BodiesAsync("s"));
        Assert.Equal(2, await CountAsync(scheduler, "s"));
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(26, false)]
    public async Task A_time_that_comes_once_is_made_up_for_within_a_day_and_a_dead_letter_after(int hours, bool inTime)
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("dead");
        await scheduler.ScheduleAsync("s", "at(2026-01-01T01:00:00)", new JsonObject
        {
            ["ActionAfterCompletion"] = "DELETE", ["Target"] = WithDeadLetters("s"),
        });
        await scheduler.RestartAsync(TimeSpan.FromHours(hours));
        Assert.Equal(inTime ? 1 : 0, await CountAsync(scheduler, "s"));
        Assert.Equal(inTime ? 0 : 1, await CountAsync(scheduler, "dead"));
        await scheduler.RefusedAsync("GET", "/schedules/s", 404, "ResourceNotFoundException");
        if (inTime) return;
        var (body, attributes) = await scheduler.LetterAsync("dead");
        Assert.Equal("hello", body);
        Assert.Equal("MaximumEventAgeInSeconds", attributes["EXHAUSTED_RETRY_CONDITION"]);
    }

    [Fact]
    public async Task A_target_that_has_gone_makes_a_dead_letter()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("dead");
        await scheduler.ScheduleAsync(
            "s", "at(2026-01-01T01:00:00)", new JsonObject { ["Target"] = WithDeadLetters("s") });
        await scheduler.DeleteQueueAsync("s");
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        var (body, attributes) = await scheduler.LetterAsync("dead");
        Assert.Equal("hello", body);
        Assert.Equal("NO_RESOURCE", attributes["ERROR_CODE"]);
        Assert.Equal($"{TestScheduler.Prefix}schedule/default/s", attributes["SCHEDULE_ARN"]);
        Assert.Equal($"{TestScheduler.QueuePrefix}s", attributes["TARGET_ARN"]);
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_the_log_tells()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "at(2026-01-01T01:00:00)");
        await scheduler.DeleteQueueAsync("s");
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        Assert.Contains("schedule/default/s",
            Assert.Single(scheduler.Sqs.ClockLog.Entries, entry => entry.Level == LogLevel.Error).Text,
            StringComparison.Ordinal);
        Assert.Equal(0, scheduler.Clock.Count);
    }

    [Fact]
    public async Task A_flexible_window_moves_it_by_less_than_the_window()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "at(2026-01-01T01:00:00)", new JsonObject
        {
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "FLEXIBLE", ["MaximumWindowInMinutes"] = 30 },
        });
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(0, await CountAsync(scheduler, "s"));
        await scheduler.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await CountAsync(scheduler, "s"));
    }

    [Fact]
    public async Task A_window_that_is_wider_than_the_interval_drops_none_of_its_times()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "cron(* * * * ? *)", new JsonObject
        {
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "FLEXIBLE", ["MaximumWindowInMinutes"] = 30 },
            ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", "<aws.scheduler.scheduled-time>"),
        });
        for (var minute = 0; minute < 11; minute++) await scheduler.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(
            Enumerable.Range(1, 10).Select(minute => $"2026-01-01T00:{minute:00}:00Z"),
            (await scheduler.BodiesAsync("s")).Order());
        Assert.DoesNotContain(scheduler.Sqs.ClockLog.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Nothing_is_due_before_the_start_or_after_the_end()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "rate(1 minute)", new JsonObject
        {
            ["StartDate"] = 1_767_225_600 + 120,
            ["EndDate"] = 1_767_225_600 + 240,
            ["ActionAfterCompletion"] = "DELETE",
        });
        List<int> counts = [];
        for (var minute = 1; minute <= 6; minute++)
        {
            await scheduler.PassAsync(TimeSpan.FromMinutes(1));
            counts.Add(await CountAsync(scheduler, "s"));
        }

        Assert.Equal([0, 1, 2, 3, 3, 3], counts);
        await scheduler.RefusedAsync("GET", "/schedules/s", 404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_bus_gets_an_event_and_a_topic_a_message()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ShopAsync();
        await PutAsync(scheduler, "bus", TestScheduler.Target($"{TestScheduler.BusPrefix}default", """{"n":1}""",
            JsonNode.Parse("""{"EventBridgeParameters":{"Source":"shop","DetailType":"Sold"}}""")!.AsObject()));
        await PutAsync(scheduler, "events", TestScheduler.Target(
            "arn:aws:scheduler:::aws-sdk:eventbridge:putEvents",
            """{"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{\"n\":2}"}]}"""));
        await PutAsync(scheduler, "topic", TestScheduler.Target($"{TestScheduler.TopicPrefix}t", "to the topic"));
        await PutAsync(scheduler, "publish", TestScheduler.Target(
            "arn:aws:scheduler:::aws-sdk:sns:publish",
            $$"""{"TopicArn":"{{TestScheduler.TopicPrefix}}t","Message":"published"}"""));
        await PutAsync(scheduler, "send", TestScheduler.Target(
            "arn:aws:scheduler:::aws-sdk:sqs:sendMessage",
            $$"""{"QueueUrl":"{{TestScheduler.UrlOf("t")}}","MessageBody":"<aws.scheduler.schedule-arn>"}"""));
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal([1, 2], (await scheduler.BodiesAsync("e")).Select(body =>
            JsonNode.Parse(body)!["detail"]!["n"]!.GetValue<int>()).Order());
        Assert.Equal(
            [$"{TestScheduler.Prefix}schedule/default/send", "published", "to the topic"],
            (await scheduler.BodiesAsync("t")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_an_input_it_sends_an_event_that_tells_of_it()
    {
        await using var scheduler = new TestScheduler();
        await scheduler.ScheduleAsync("s", "at(2026-01-01T01:00:00)", new JsonObject
        {
            ["Target"] = TestScheduler.Target(TestScheduler.QueuePrefix + "s", input: null),
        });
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        var sent = JsonNode.Parse(Assert.Single(await scheduler.BodiesAsync("s")))!;
        Assert.Equal("aws.scheduler", sent["source"]!.GetValue<string>());
        Assert.Equal($"{TestScheduler.Prefix}schedule/default/s", sent["resources"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Many_that_are_due_at_once_all_do()
    {
        const int count = 1_500;
        await using var scheduler = new TestScheduler();
        await scheduler.Sqs.CreateAsync("q");
        var directory = new ScheduleDirectory(scheduler.Sqs.Broker.Broker) { Clock = scheduler.Clock };
        var group = new ScheduleGroupName("000000000000", "us-east-1", "default");
        for (var i = 0; i < count; i++)
        {
            Assert.True((await directory.CreateAsync(new ScheduleName(group, $"s{i}"), new ScheduleConfig
            {
                Arn = $"{i}", Expression = "at(2026-01-01T01:00:00)",
                Target = new ScheduleTarget { Arn = "q", RoleArn = "r" },
                Messages =
                [
                    new ScheduledMessage
                    {
                        Destination = new Destination { Queue = new("000000000000", "us-east-1", "q") }, Body = "b",
                    },
                ],
            })).IsOk);
        }

        Assert.Equal(count, scheduler.Clock.Count);
        await scheduler.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(count, await CountAsync(scheduler, "q"));
        Assert.Equal(0, scheduler.Clock.Count);
    }

    private static JsonObject WithDeadLetters(string queue) => TestScheduler.Target(
        TestScheduler.QueuePrefix + queue, "hello",
        JsonNode.Parse("""{"DeadLetterConfig":{"Arn":"arn:aws:sqs:us-east-1:000000000000:dead"}}""")!.AsObject());

    private static Task<JsonObject> PutAsync(TestScheduler scheduler, string name, JsonObject target) =>
        scheduler.OkAsync("POST", $"/schedules/{name}",
        TestScheduler.Input("q", "at(2026-01-01T01:00:00)", new JsonObject { ["Target"] = target }));

    /// <summary>All messages of a queue, leased or not.</summary>
    private static async Task<int> CountAsync(TestScheduler scheduler, string queue)
    {
        var attributes = await scheduler.Sqs.AttributesAsync(TestScheduler.UrlOf(queue));
        return int.Parse(attributes["ApproximateNumberOfMessages"], CultureInfo.InvariantCulture)
            + int.Parse(attributes["ApproximateNumberOfMessagesNotVisible"], CultureInfo.InvariantCulture);
    }
}
