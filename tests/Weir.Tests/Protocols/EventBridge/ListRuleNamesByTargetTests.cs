using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListRuleNamesByTargetTests
{
    [Fact]
    public async Task It_finds_those_that_send_there()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r1", "q1");
        await events.RouteAsync("r2", "q2");
        await events.TargetsAsync("r2", TestEvents.Target("q1"));

        var both = await events.OkAsync(
            "ListRuleNamesByTarget", $$"""{"TargetArn":"{{TestEvents.QueuePrefix}}q1"}""");
        var one = await events.OkAsync(
            "ListRuleNamesByTarget", $$"""{"TargetArn":"{{TestEvents.QueuePrefix}}q2"}""");

        Assert.Equal(["r1", "r2"], both["RuleNames"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(["r2"], one["RuleNames"]!.AsArray().Select(name => name!.GetValue<string>()));
    }
}
