using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class PutRuleTests
{
    [Fact]
    public async Task It_replaces_what_is_said_and_keeps_targets_and_tags()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        var put = await events.OkAsync("PutRule", """
            {"Name":"r","EventPattern":"{\"source\":[\"a\"]}","Description":"d","Tags":[{"Key":"k","Value":"v"}]}
            """);
        await events.TargetsAsync("r", TestEvents.Target("q"));
        await events.RuleAsync("r");

        var arn = put["RuleArn"]!.GetValue<string>();
        Assert.Equal($"{TestEvents.Prefix}rule/r", arn);
        var rule = await events.OkAsync("DescribeRule", """{"Name":"r"}""");
        Assert.Equal(TestEvents.ShopPattern, rule["EventPattern"]!.GetValue<string>());
        Assert.Null(rule["Description"]);
        Assert.Single((await events.OkAsync("ListTargetsByRule", """{"Rule":"r"}"""))["Targets"]!.AsArray());
        var tags = await events.OkAsync("ListTagsForResource", $$"""{"ResourceARN":"{{arn}}"}""");
        Assert.Single(tags["Tags"]!.AsArray());
    }

    [Fact]
    public async Task A_pattern_that_is_none_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync(
            "PutRule", """{"Name":"r","EventPattern":"{\"source\":\"a\"}"}""", "InvalidEventPatternException");
        await events.RefusedAsync("PutRule", """{"Name":"r"}""", "ValidationException");
    }

    [Fact]
    public async Task What_Weir_has_not_is_refused_by_name()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync(
            "PutRule",
            """{"Name":"r","EventPattern":"{}","State":"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}""",
            "UnsupportedOperation");
        await events.RefusedAsync(
            "PutRule", """{"Name":"r","EventPattern":"{}","State":"ON"}""", "ValidationException");
    }

    [Fact]
    public async Task A_bus_takes_300_and_must_be_there()
    {
        await using var events = new TestEvents();
        for (var i = 0; i < 300; i++) await events.RuleAsync($"r{i}");
        await events.RuleAsync("r0");
        await events.RefusedAsync(
            "PutRule", """{"Name":"more","EventPattern":"{\"source\":[\"a\"]}"}""", "LimitExceededException");
        await events.RefusedAsync(
            "PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"a\"]}","EventBusName":"none"}""",
            "ResourceNotFoundException");
    }

    [Fact]
    public async Task A_bad_name_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("PutRule", """{"Name":"a b","EventPattern":"{}"}""", "ValidationException");
        var longName = new string('a', 65);
        await events.RefusedAsync(
            "PutRule", $$$"""{"Name":"{{{longName}}}","EventPattern":"{}"}""", "ValidationException");
    }

    [Fact]
    public async Task A_schedule_makes_an_event_each_time_for_the_rules_own_targets_alone()
    {
        await using var events = new TestEvents();
        await events.QueueAsync("q");
        await events.RouteAsync("other", "all");
        await events.OkAsync("PutRule", """{"Name":"other","EventPattern":"{\"source\":[{\"prefix\":\"\"}]}"}""");
        await using var clock = events.Sqs.StartSchedules();
        await events.OkAsync("PutRule", """{"Name":"r","ScheduleExpression":"rate(1 minute)"}""");
        await events.TargetsAsync("r", TestEvents.Target("q"));
        Assert.Equal("rate(1 minute)", (await events.OkAsync("DescribeRule", """{"Name":"r"}"""))["ScheduleExpression"]!
            .GetValue<string>());
        await clock.WhenIdleAsync();
        Assert.Empty(await events.BodiesAsync("q"));

        for (var minute = 1; minute <= 2; minute++)
        {
            events.Sqs.Broker.Time.Advance(TimeSpan.FromMinutes(1));
            await clock.WhenIdleAsync();

            // What was received a minute ago is visible again.
            var all = (await events.BodiesAsync("q")).Select(body => JsonNode.Parse(body)!).ToArray();
            Assert.Equal(minute, all.Length);
            var made = Assert.Single(
                all, one => one["time"]!.GetValue<string>() == $"2026-01-01T00:0{minute}:00Z");
            Assert.Equal("aws.events", made["source"]!.GetValue<string>());
            Assert.Equal("Scheduled Event", made["detail-type"]!.GetValue<string>());
            Assert.Equal("{}", made["detail"]!.ToJsonString());
            Assert.Equal($"{TestEvents.Prefix}rule/r", made["resources"]![0]!.GetValue<string>());
        }

        Assert.Empty(await events.BodiesAsync("all"));
        await events.OkAsync("DisableRule", """{"Name":"r"}""");
        events.Sqs.Broker.Time.Advance(TimeSpan.FromMinutes(1));
        await clock.WhenIdleAsync();
        Assert.Equal(2, (await events.BodiesAsync("q")).Count);
        await events.OkAsync("EnableRule", """{"Name":"r"}""");
        events.Sqs.Broker.Time.Advance(TimeSpan.FromMinutes(1));
        await clock.WhenIdleAsync();
        Assert.Equal(3, (await events.BodiesAsync("q")).Count);
        await events.OkAsync("RemoveTargets", """{"Rule":"r","Ids":["q"]}""");
        await events.OkAsync("DeleteRule", """{"Name":"r"}""");
        Assert.Equal(0, clock.Count);
    }

    [Theory]
    [InlineData("at(2026-05-01T10:00:00)", "default")]
    [InlineData("rate(0 minutes)", "default")]
    [InlineData("rate(1 minute)", "other")]
    public async Task A_schedule_that_a_rule_cannot_have_is_refused(string expression, string bus)
    {
        await using var events = new TestEvents();
        if (bus != "default") await events.BusAsync(bus);
        await events.RefusedAsync("PutRule", new JsonObject
        {
            ["Name"] = "r", ["ScheduleExpression"] = expression, ["EventBusName"] = bus,
        }.ToJsonString(), "ValidationException");
    }
}
