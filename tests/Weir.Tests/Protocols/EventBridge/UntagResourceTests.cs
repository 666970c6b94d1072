using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

public sealed class UntagResourceTests
{
    [Fact]
    public async Task A_tag_goes_from_a_bus_and_from_a_rule()
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
            await events.OkAsync("UntagResource", $$"""{ {{arn}},"TagKeys":["a","none"]}""");

            var tags = (await events.OkAsync("ListTagsForResource", $$"""{ {{arn}} }"""))["Tags"]!.AsArray();
            Assert.Equal(["b=2"], tags.Select(tag => $"{tag!["Key"]}={tag["Value"]}"));
        }
    }
}
