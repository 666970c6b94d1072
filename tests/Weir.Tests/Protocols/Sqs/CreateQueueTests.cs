using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class CreateQueueTests
{
    [Theory, OverBothWires]
    public async Task It_answers_the_url_and_keeps_attributes_and_tags(Wire wire)
    {
        await using var sqs = new TestSqs();

        var answer = await sqs.OkAsync(wire, Create("orders").Attributes(("DelaySeconds", "7"))
            .Map("tags", "Tag", "Key", "Value", ("team", "blue"), ("empty", "")));

        Assert.Equal(TestSqs.OrdersUrl, answer.Text("QueueUrl"));
        Assert.Equal("7", (await sqs.AttributesAsync())["DelaySeconds"]);
        var tags = await sqs.OkAsync(wire, new SqsRequest("ListQueueTags").Set("QueueUrl", TestSqs.OrdersUrl));
        Assert.Equal("blue", tags.Map("Tags", "Tag", "Key")["team"]);
        Assert.Equal("", tags.Map("Tags", "Tag", "Key")["empty"]);
    }

    [Theory, OverBothWires]
    public async Task It_is_idempotent_unless_an_attribute_differs(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.OkAsync(wire, Create("orders").Attributes(("DelaySeconds", "7")));

        await sqs.OkAsync(wire, Create("orders"));
        await sqs.OkAsync(wire, Create("orders").Attributes(("DelaySeconds", "7")));
        await sqs.RefusedAsync(wire, Create("orders").Attributes(("DelaySeconds", "8")), "QueueAlreadyExists");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("grün")]
    [InlineData(".fifo")]
    [InlineData("a.b")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234567890123456789012")]
    public async Task A_bad_name_is_refused(string name)
    {
        await using var sqs = new TestSqs();
        var code = name.Length == 0 ? "MissingParameter" : "InvalidParameterValue";
        foreach (var wire in Enum.GetValues<Wire>()) await sqs.RefusedAsync(wire, Create(name), code);
    }

    [Theory, OverBothWires]
    public async Task Name_and_kind_must_agree(Wire wire)
    {
        await using var sqs = new TestSqs();

        await sqs.RefusedAsync(wire, Create("a.fifo"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Create("a").Attributes(("FifoQueue", "true")), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Create("a").Attributes(("FifoQueue", "false")), "InvalidAttributeName");
        await sqs.RefusedAsync(
            wire, Create("a").Attributes(("ContentBasedDeduplication", "true")), "InvalidAttributeName");
        await sqs.OkAsync(wire, Create("a.fifo").Attributes(("FifoQueue", "true")));
    }

    [Theory]
    [InlineData("DelaySeconds", "0", "900", "-1", "901")]
    [InlineData("MaximumMessageSize", "1024", "1048576", "1023", "1048577")]
    [InlineData("MessageRetentionPeriod", "60", "1209600", "59", "1209601")]
    [InlineData("ReceiveMessageWaitTimeSeconds", "0", "20", "-1", "21")]
    [InlineData("VisibilityTimeout", "0", "43200", "-1", "43201")]
    public async Task An_attribute_is_taken_within_its_range(string name, params string[] values)
    {
        await using var sqs = new TestSqs();
        await sqs.OkAsync(Wire.Json, Create("low").Attributes((name, values[0])));
        await sqs.OkAsync(Wire.Query, Create("high").Attributes((name, values[1])));
        foreach (var wrong in (string[])[values[2], values[3], "", "x", "1e1", "9223372036854775808", "1.0", " 1"])
        {
            var answer = await sqs.RefusedAsync(
                Wire.Json, Create("wrong").Attributes((name, wrong)), "InvalidAttributeValue");
            Assert.Equal($"Invalid value for the parameter {name}.", answer.Message);
        }
    }

    [Theory, OverBothWires]
    public async Task Unknown_and_fixed_attributes_are_refused(Wire wire)
    {
        await using var sqs = new TestSqs();
        foreach (var name in (string[])["Color", "QueueArn", "CreatedTimestamp", "ApproximateNumberOfMessages", "All"])
        {
            var answer = await sqs.RefusedAsync(wire, Create("a").Attributes((name, "1")), "InvalidAttributeName");
            Assert.Equal($"Unknown Attribute {name}.", answer.Message);
        }
    }

    [Theory, OverBothWires]
    public async Task Tags_keep_to_their_rules(Wire wire)
    {
        await using var sqs = new TestSqs();

        await sqs.RefusedAsync(wire, Tagged(("", "v")), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Tagged((new string('k', 129), "v")), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Tagged(("k", new string('v', 257))), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Tagged(("aws:k", "v")), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, Tagged([.. Enumerable.Range(0, 51).Select(i => ($"k{i}", "v"))]), "InvalidParameterValue");
        await sqs.OkAsync(wire, Tagged([.. Enumerable.Range(0, 50).Select(i => ($"k{i}", "v"))]));
    }

    private static SqsRequest Create(string name) => new SqsRequest("CreateQueue").Set("QueueName", name);

    private static SqsRequest Tagged(params (string Key, string Value)[] tags) =>
        Create("tagged").Map("tags", "Tag", "Key", "Value", tags);
}
