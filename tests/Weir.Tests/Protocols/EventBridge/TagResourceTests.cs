using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class TagResourceTests
{
    [Fact]
    public async Task A_tag_is_set_or_replaced_on_a_bus_and_on_a_rule()
    {
        await using var events = new TestEvents();
        await events.BusAsync("orders");
        await events.RuleAsync("r", bus: "orders");
        foreach (var resource in (string[])["event-bus/orders", "rule/orders/r"])
        {
            var arn = $"\"ResourceARN\":\"{TestEvents.Prefix}{resource}\"";
            await events.OkAsync("TagResource", $$"""
                { {{arn}},"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]}
                """);
            await events.OkAsync("TagResource", $$"""{ {{arn}},"Tags":[{"Key":"a","Value":"3"}]}""");

            var tags = (await events.OkAsync("ListTagsForResource", $$"""{ {{arn}} }"""))["Tags"]!.AsArray();
            Assert.Equal(["a=3", "b=2"], tags.Select(tag => $"{tag!["Key"]}={tag["Value"]}"));
        }
    }

    [Fact]
    public async Task What_cannot_be_a_tag_is_refused()
    {
        await using var events = new TestEvents();
        var bus = $"\"ResourceARN\":\"{TestEvents.Prefix}event-bus/default\"";
        await events.RefusedAsync(
            "TagResource", $$"""{ {{bus}},"Tags":[{"Key":"aws:x","Value":"1"}]}""", "ValidationException");
        await events.RefusedAsync(
            "TagResource", $$"""{ {{bus}},"Tags":[{"Key":"a","Value":"1"},{"Key":"a","Value":"1"}]}""",
            "ValidationException");
        var many = string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"Key":"k{{i}}","Value":""}"""));
        await events.RefusedAsync("TagResource", $$"""{ {{bus}},"Tags":[{{many}}]}""", "LimitExceededException");
    }
}
