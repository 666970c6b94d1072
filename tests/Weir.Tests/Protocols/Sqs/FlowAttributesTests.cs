using System.Text.Json.Nodes;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

/// <summary>Weir's own attributes of a queue, beside those of SQS.</summary>
public sealed class FlowAttributesTests
{
    private static readonly (string, string)[] Every =
    [
        ("WeirMaxMessages", "2"), ("WeirMaxBytes", "2048"), ("WeirOverflow", "DropOldest"), ("WeirMessageTtl", "60"),
        ("WeirExpired", "Drop"), ("WeirDeliveryRate", "10"), ("WeirDeliveryConcurrency", "5"),
        ("WeirDeliveryPaused", "true"),
    ];

    [Theory, OverBothWires]
    public async Task What_is_set_is_answered_and_an_empty_text_takes_it_away(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", Every);
        var read = await sqs.AttributesAsync();
        foreach (var (name, value) in Every)
        {
            if (name != "WeirExpired") Assert.Equal(value, read[name]);
        }

        await sqs.OkAsync(wire, Set().Attributes([.. Every.Select(attribute => (attribute.Item1, ""))]));

        Assert.DoesNotContain(await sqs.AttributesAsync(), attribute => IsWeirs(attribute.Key));
    }

    [Theory, OverBothWires]
    public async Task A_queue_without_them_is_as_one_of_sqs(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        Assert.DoesNotContain(await sqs.AttributesAsync(), attribute => IsWeirs(attribute.Key));

        var named = (await sqs.OkAsync(wire, new SqsRequest("GetQueueAttributes").Set("QueueUrl", TestSqs.OrdersUrl)
            .Texts("AttributeNames", "AttributeName", "WeirOverflow", "WeirMaxMessages", "WeirBackPressure")))
            .Map("Attributes", "Attribute");

        Assert.Equal(["WeirBackPressure", "WeirOverflow"], named.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Reject", named["WeirOverflow"]);
    }

    [Theory]
    [InlineData("WeirMaxMessages", "0")]
    [InlineData("WeirMaxMessages", "x")]
    [InlineData("WeirMaxBytes", "1023")]
    [InlineData("WeirOverflow", "Drop")]
    [InlineData("WeirMessageTtl", "1209601")]
    [InlineData("WeirExpired", "Keep")]
    [InlineData("WeirDeliveryRate", "-1")]
    [InlineData("WeirDeliveryConcurrency", "120001")]
    [InlineData("WeirDeliveryPaused", "yes")]
    [InlineData("WeirBackPressure", "{}")]
    public async Task What_is_none_of_its_values_is_refused_by_name(string name, string value)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var refused = await sqs.RefusedAsync(
            Wire.Json, Set().Attributes([(name, value)]), "InvalidAttributeValue");

        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_queue_throttles_names_its_limit_and_tells_its_back_pressure()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("WeirMaxMessages", "1"));
        await sqs.SendAsync("a");

        var refused = await sqs.RefusedAsync(Wire.Json, Send(), "RequestThrottled", 403);

        Assert.Contains("WeirMaxMessages is 1", refused.Message, StringComparison.Ordinal);
        var told = JsonNode.Parse((await sqs.AttributesAsync())["WeirBackPressure"])!;
        Assert.Equal("WeirMaxMessages", (string?)told["Sending"]!["Limit"]);
        Assert.Equal("2026-01-01T00:00:00.0000000+00:00", (string?)told["Sending"]!["Since"]);
        Assert.Equal(1, (int)told["Refused"]!);
    }

    [Fact]
    public async Task A_message_expires_by_its_own_attribute()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(Wire.Query, Send().Attribute("weir-ttl-seconds", "Number", "5"));
        await sqs.SendAsync("stays");
        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["stays"], (await sqs.ReceiveAsync()).Select(message => message.Text("Body")));
    }

    [Theory]
    [InlineData("Number", "0")]
    [InlineData("Number", "1.5")]
    [InlineData("String", "soon")]
    [InlineData("Number", "1209601")]
    public async Task A_time_to_live_that_is_none_is_refused(string type, string value)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var answer = await sqs.CallAsync(Wire.Query, Send().Attribute("weir-ttl-seconds", type, value));

        Assert.Equal(("InvalidParameterValue", 400), (answer.Code, answer.Status));
        Assert.Contains("weir-ttl-seconds", answer.Message, StringComparison.Ordinal);
    }

    private static bool IsWeirs(string name) => name.StartsWith("Weir", StringComparison.Ordinal);

    private static SqsRequest Set() => new SqsRequest("SetQueueAttributes").Set("QueueUrl", TestSqs.OrdersUrl);

    private static SqsRequest Send() =>
        new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl).Set("MessageBody", "x");
}
