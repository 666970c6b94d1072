using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class EnableRuleTests
{
    [Fact]
    public async Task An_enabled_rule_matches_again()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.OkAsync("DisableRule", """{"Name":"r"}""");
        await events.OkAsync("EnableRule", """{"Name":"r"}""");
        await events.PutAsync();

        Assert.Single(await events.BodiesAsync("q"));
        await events.RefusedAsync("EnableRule", """{"Name":"none"}""", "ResourceNotFoundException");
    }
}
