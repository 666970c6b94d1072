using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class ListEventBusesTests
{
    [Fact]
    public async Task They_come_by_name_in_pages()
    {
        await using var events = new TestEvents();
        foreach (var name in (string[])["orders", "archive", "other"]) await events.BusAsync(name);

        var first = await events.OkAsync("ListEventBuses", """{"Limit":3}""");
        var token = first["NextToken"]!.GetValue<string>();
        var second = await events.OkAsync("ListEventBuses", $$"""{"NextToken":"{{token}}"}""");
        var prefixed = await events.OkAsync("ListEventBuses", """{"NamePrefix":"o"}""");

        Assert.Equal(["archive", "default", "orders"], Names(first));
        Assert.Equal(["other"], Names(second));
        Assert.Null(second["NextToken"]);
        Assert.Equal(["orders", "other"], Names(prefixed));
    }

    [Fact]
    public async Task A_limit_or_token_that_is_none_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync("ListEventBuses", """{"Limit":0}""", "ValidationException");
        await events.RefusedAsync("ListEventBuses", """{"NextToken":"?"}""", "ValidationException");
    }

    private static IEnumerable<string> Names(JsonObject answer) =>
        answer["EventBuses"]!.AsArray().Select(bus => bus!["Name"]!.GetValue<string>());
}
