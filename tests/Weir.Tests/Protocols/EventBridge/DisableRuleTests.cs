using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DisableRuleTests
{
    [Fact]
    public async Task A_disabled_rule_matches_nothing()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.OkAsync("DisableRule", """{"Name":"r"}""");
        await events.PutAsync();

        Assert.Empty(await events.BodiesAsync("q"));
        var rule = await events.OkAsync("DescribeRule", """{"Name":"r"}""");
        Assert.Equal("DISABLED", rule["State"]!.GetValue<string>());
        await events.RefusedAsync("DisableRule", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
