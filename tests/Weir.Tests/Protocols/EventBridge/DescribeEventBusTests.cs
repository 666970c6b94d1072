using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class DescribeEventBusTests
{
    [Fact]
    public async Task The_default_bus_is_there_without_being_made()
    {
        await using var events = new TestEvents();
        var described = await events.OkAsync("DescribeEventBus", "{}");

        Assert.Equal("default", described["Name"]!.GetValue<string>());
        Assert.Equal($"{TestEvents.Prefix}event-bus/default", described["Arn"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_bus_can_be_named_by_its_arn_but_not_one_of_others()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        var described = await events.OkAsync(
            "DescribeEventBus", $$"""{"Name":"{{TestEvents.Prefix}}event-bus/orders"}""");
        Assert.Equal("orders", described["Name"]!.GetValue<string>());
        await events.RefusedAsync(
            "DescribeEventBus", """{"Name":"arn:aws:events:us-east-1:999999999999:event-bus/orders"}""",
            "AccessDeniedException");
    }
}
