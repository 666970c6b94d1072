using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DeleteEventBusTests
{
    [Fact]
    public async Task It_removes_a_bus_without_rules_and_again_is_no_error()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        await events.RuleAsync("r", bus: "orders");
        await events.RefusedAsync("DeleteEventBus", """{"Name":"orders"}""", "ValidationException");

        await events.OkAsync("DeleteRule", """{"Name":"r","EventBusName":"orders"}""");
        await events.OkAsync("DeleteEventBus", """{"Name":"orders"}""");
        await events.OkAsync("DeleteEventBus", """{"Name":"orders"}""");
        await events.RefusedAsync("DescribeEventBus", """{"Name":"orders"}""", "ResourceNotFoundException");
    }

    [Fact]
    public async Task The_default_bus_stays()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("DeleteEventBus", """{"Name":"default"}""", "ValidationException");
    }
}
