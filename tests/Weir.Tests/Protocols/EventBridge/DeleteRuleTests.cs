using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeleteRuleTests
{
    [Fact]
    public async Task A_rule_goes_when_it_has_no_targets()
    {
        await using var events = new TestEvents();
        await events.RouteAsync("r", "q");
        await events.RefusedAsync("DeleteRule", """{"Name":"r"}""", "ValidationException");

        await events.OkAsync("RemoveTargets", """{"Rule":"r","Ids":["q"]}""");
        await events.OkAsync("DeleteRule", """{"Name":"r","Force":true}""");
        await events.OkAsync("DeleteRule", """{"Name":"r"}""");
        await events.RefusedAsync("DescribeRule", """{"Name":"r"}""", "ResourceNotFoundException");
    }

    [Fact]
    public async Task Its_bus_must_be_there()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync(
            "DeleteRule", """{"Name":"r","EventBusName":"none"}""", "ResourceNotFoundException");
    }
}
