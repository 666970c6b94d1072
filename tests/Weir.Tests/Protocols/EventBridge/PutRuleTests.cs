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
        var message = await events.RefusedAsync(
            "PutRule", """{"Name":"r","ScheduleExpression":"rate(1 minute)"}""", "UnsupportedOperation");
        Assert.Contains("ScheduleExpression", message, StringComparison.Ordinal);
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
}
