using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class TestEventPatternTests
{
    [Fact]
    public async Task It_answers_whether_the_pattern_matches()
    {
        await using var events = new TestEvents();
        foreach (var source in (string[])["shop", "other"])
        {
            var answer = await events.OkAsync("TestEventPattern", Request(Event(source)));
            Assert.Equal(source == "shop", answer["Result"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task A_pattern_or_an_event_that_is_none_is_refused()
    {
        await using var events = new TestEvents();
        await events.RefusedAsync(
            "TestEventPattern", Request(Event("shop"), pattern: "[]"), "InvalidEventPatternException");
        await events.RefusedAsync("TestEventPattern", Request("[]"), "ValidationException");
        var message = await events.RefusedAsync(
            "TestEventPattern", Request("""{"source":"shop"}"""), "ValidationException");
        Assert.Contains("id is missing", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public async Task It_takes_what_a_bus_takes(int depth, bool isTaken)
    {
        await using var events = new TestEvents();
        var detail = new string('[', depth) + new string(']', depth);
        var text = Event("shop").TrimEnd()[..^1] + $$$""","detail":{"deep":{{{detail}}}}}""";
        var put = await events.OkAsync("PutEvents", $$"""
            {"Entries":[{{TestEvents.Entry($$$"""{"deep":{{{detail}}}}""")}}]}
            """);
        Assert.Equal(isTaken ? 0 : 1, put["FailedEntryCount"]!.GetValue<int>());
        if (isTaken) Assert.True((await events.OkAsync("TestEventPattern", Request(text)))["Result"]!.GetValue<bool>());
        else await events.RefusedAsync("TestEventPattern", Request(text), "ValidationException");
    }

    private static string Event(string source) => $$"""
        {"id":"1","account":"0","source":"{{source}}","time":"t","region":"r","resources":[],"detail-type":"d"}
        """;

    private static string Request(string json, string pattern = TestEvents.ShopPattern) =>
        new JsonObject { ["EventPattern"] = pattern, ["Event"] = json }.ToJsonString();
}
