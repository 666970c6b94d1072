using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListRulesTests
{
    [Fact]
    public async Task They_come_by_name_of_one_bus_only()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        foreach (var name in (string[])["b2", "a", "b1"]) await events.RuleAsync(name);
        await events.RuleAsync("c", bus: "orders");

        var all = await events.OkAsync("ListRules", "{}");
        var prefixed = await events.OkAsync("ListRules", """{"NamePrefix":"b","Limit":1}""");

        Assert.Equal(["a", "b1", "b2"], all["Rules"]!.AsArray().Select(rule => rule!["Name"]!.GetValue<string>()));
        Assert.Equal("b1", Assert.Single(prefixed["Rules"]!.AsArray())!["Name"]!.GetValue<string>());
        Assert.NotNull(prefixed["NextToken"]);
    }

    [Fact]
    public async Task The_bus_must_be_there()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("ListRules", """{"EventBusName":"none"}""", "ResourceNotFoundException");
    }
}
