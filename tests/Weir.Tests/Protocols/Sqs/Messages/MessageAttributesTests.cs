using Xunit;

namespace Weir.Tests.Protocols.Sqs.Messages;

public sealed class MessageAttributesTests
{
    [Theory]
    [InlineData("", "String", "v")]
    [InlineData("AWS.x", "String", "v")]
    [InlineData("amazon.x", "String", "v")]
    [InlineData(".x", "String", "v")]
    [InlineData("x.", "String", "v")]
    [InlineData("x..y", "String", "v")]
    [InlineData("a b", "String", "v")]
    [InlineData("grün", "String", "v")]
    [InlineData("a", "", "v")]
    [InlineData("a", "Text", "v")]
    [InlineData("a", "Strings", "v")]
    [InlineData("a", "string", "v")]
    [InlineData("a", "String", "")]
    [InlineData("a", "String", null)]
    [InlineData("a", "Number", "x")]
    [InlineData("a", "Number.int", "1e999")]
    [InlineData("a", "Binary", "v")]
    public async Task What_breaks_a_rule_is_refused(string name, string type, string? text)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var wire in Enum.GetValues<Wire>())
            await sqs.RefusedAsync(wire, Send().Attribute(name, type, text), "InvalidParameterValue");
    }

    [Theory, OverBothWires]
    public async Task Limits_of_length_and_number_are_kept(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var ten = Send();
        for (var i = 0; i < 10; i++) _ = ten.Attribute($"a{i}", "String", "v");

        await sqs.OkAsync(wire, ten);
        await sqs.RefusedAsync(wire, ten.Attribute("a10", "String", "v"), "InvalidParameterValue");
        await sqs.OkAsync(wire, Send().Attribute(new string('a', 256), "String." + new string('b', 249), "v"));
        await sqs.RefusedAsync(
            wire, Send().Attribute(new string('a', 257), "String", "v"), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, Send().Attribute("a", "String." + new string('b', 250), "v"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Send().Attribute("a", "String", "\u0001"), "InvalidMessageContents");
        await sqs.RefusedAsync(
            wire, Send().Attribute("a", "String", "v", binary: [1]), "InvalidParameterValue");
        var empty = await sqs.RefusedAsync(wire, Send().Attribute("a", "String", ""), "InvalidParameterValue");
        Assert.Equal("Message (user) attribute 'a' must contain a non-empty value of type 'String'.", empty.Message);
    }

    [Theory, OverBothWires]
    public async Task The_only_system_attribute_is_the_trace_header(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        const string System = "MessageSystemAttribute";

        await sqs.OkAsync(wire, Send().Attribute("AWSTraceHeader", "String", "Root=1", kind: System));
        await sqs.RefusedAsync(wire, Send().Attribute("Other", "String", "x", kind: System), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, Send().Attribute("AWSTraceHeader", "Number", "1", kind: System), "InvalidParameterValue");
    }

    [Fact]
    public async Task Lists_of_values_are_refused_unless_they_are_empty()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        Assert.Equal(200, (await SendAsync("[]")).Status);
        Assert.Equal("InvalidParameterValue", (await SendAsync("[\"x\"]")).Code);

        Task<SqsAnswer> SendAsync(string list) => sqs.JsonAsync("SendMessage", $$"""
            {"QueueUrl":"{{TestSqs.OrdersUrl}}","MessageBody":"x", "MessageAttributes":
              {"a":{"DataType":"String","StringListValues":{{list}},"StringValue":"v"} } }
            """);
    }

    private static SqsRequest Send() =>
        new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl).Set("MessageBody", "x");
}
