using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class SetQueueAttributesTests
{
    private const string Redrive = $$"""{"deadLetterTargetArn":"{{TestSqs.OrdersArn}}","maxReceiveCount":"5"}""";
    private const string Policy = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:*","Resource":"*"}]}
        """;

    [Theory, OverBothWires]
    public async Task What_one_protocol_sets_the_other_reads(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("source");
        const string Allow = $$"""{"redrivePermission":"byQueue","sourceQueueArns":["{{TestSqs.OrdersArn}}"]}""";
        (string, string)[] attributes =
        [
            ("VisibilityTimeout", "69"), ("DelaySeconds", "420"), ("MaximumMessageSize", "2048"), ("Policy", Policy),
            ("RedrivePolicy", Redrive), ("RedriveAllowPolicy", Allow), ("KmsMasterKeyId", "alias/key"),
            ("KmsDataKeyReusePeriodSeconds", "6000"),
        ];

        await sqs.OkAsync(wire, Set("source").Attributes(attributes));

        var other = wire == Wire.Json ? Wire.Query : Wire.Json;
        var read = (await sqs.OkAsync(other, new SqsRequest("GetQueueAttributes").Set("QueueUrl", Url("source"))
            .Texts("AttributeNames", "AttributeName", "All"))).Map("Attributes", "Attribute");
        foreach (var (name, value) in attributes)
        {
            var expected = name == "RedrivePolicy" ? value.Replace("\"5\"", "5", StringComparison.Ordinal) : value;
            Assert.Equal(expected, read[name]);
        }

        Assert.Equal("false", read["SqsManagedSseEnabled"]);
    }

    [Theory, OverBothWires]
    public async Task An_empty_text_removes(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("source", ("RedrivePolicy", Redrive), ("Policy", Policy), ("KmsMasterKeyId", "k"),
            ("RedriveAllowPolicy", """{"redrivePermission":"denyAll"}"""));
        string[] names = ["RedrivePolicy", "Policy", "KmsMasterKeyId", "RedriveAllowPolicy"];
        Assert.Subset((await sqs.AttributesAsync(Url("source"))).Keys.ToHashSet(), names.ToHashSet());

        await sqs.OkAsync(wire, Set("source").Attributes([.. names.Select(name => (name, ""))]));

        Assert.Empty((await sqs.AttributesAsync(Url("source"))).Keys.Intersect(names));
        Assert.Equal("true", (await sqs.AttributesAsync(Url("source")))["SqsManagedSseEnabled"]);
    }

    [Theory]
    [InlineData("RedrivePolicy", "x")]
    [InlineData("RedrivePolicy", "[]")]
    [InlineData("RedrivePolicy", """{"maxReceiveCount":3}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ORDERS"}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"dummy","maxReceiveCount":42}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ORDERS","maxReceiveCount":0}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ORDERS","maxReceiveCount":1001}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ORDERS","maxReceiveCount":1.5}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ORDERSx","maxReceiveCount":1}""")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"ELSEWHERE","maxReceiveCount":1}""")]
    [InlineData("RedriveAllowPolicy", "x")]
    [InlineData("RedriveAllowPolicy", """{"redrivePermission":"some"}""")]
    [InlineData("RedriveAllowPolicy", """{"redrivePermission":"byQueue"}""")]
    [InlineData("RedriveAllowPolicy", """{"redrivePermission":"denyAll","sourceQueueArns":["ORDERS"]}""")]
    [InlineData("RedriveAllowPolicy", """{"redrivePermission":"byQueue","sourceQueueArns":["x"]}""")]
    public async Task A_bad_redrive_policy_is_refused(string name, string value)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.CreateAsync("source");
        value = value.Replace("ORDERS", TestSqs.OrdersArn, StringComparison.Ordinal)
            .Replace("ELSEWHERE", "arn:aws:sqs:eu-west-1:000000000000:orders", StringComparison.Ordinal);
        foreach (var wire in Enum.GetValues<Wire>())
            await sqs.RefusedAsync(wire, Set("source").Attributes((name, value)), "InvalidParameterValue");
    }

    [Theory, OverBothWires]
    public async Task A_bad_value_is_refused_and_nothing_is_changed(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("source");
        await sqs.CreateAsync("source.fifo");
        foreach (var (name, value) in ((string, string)[])
            [("Policy", "x"), ("Policy", "{}"), ("SqsManagedSseEnabled", "maybe"), ("KmsMasterKeyId", "a b")])
        {
            await sqs.RefusedAsync(
                wire, Set("source").Attributes(("DelaySeconds", "9"), (name, value)), "InvalidAttributeValue");
        }

        Assert.Equal("0", (await sqs.AttributesAsync(Url("source")))["DelaySeconds"]);
        await sqs.RefusedAsync(wire, Set("source").Attributes(("FifoQueue", "true")), "InvalidAttributeName");
        await sqs.RefusedAsync(wire, Set("source.fifo").Attributes(("FifoQueue", "false")), "InvalidAttributeValue");
        await sqs.RefusedAsync(
            wire, Set("source.fifo").Attributes(("DeduplicationScope", "all")), "InvalidAttributeValue");
        await sqs.RefusedAsync(
            wire, Set("source.fifo").Attributes(("FifoThroughputLimit", "perMessageGroupId")), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Set("source"), "MissingParameter");
    }

    [Theory, OverBothWires]
    public async Task One_encryption_goes_at_a_time(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("source");
        await sqs.OkAsync(wire, Set("source").Attributes(("KmsMasterKeyId", "key")));

        await sqs.RefusedAsync(
            wire, Set("source").Attributes(("SqsManagedSseEnabled", "true")), "InvalidAttributeName");
        await sqs.RefusedAsync(
            wire, Set("source").Attributes(("SqsManagedSseEnabled", "true"), ("KmsMasterKeyId", "other")),
            "InvalidAttributeName");
        await sqs.OkAsync(wire, Set("source").Attributes(("SqsManagedSseEnabled", "true"), ("KmsMasterKeyId", "")));
        await sqs.OkAsync(wire, Set("source").Attributes(("SqsManagedSseEnabled", "false")));
        Assert.Equal("false", (await sqs.AttributesAsync(Url("source")))["SqsManagedSseEnabled"]);
    }

    [Theory, OverBothWires]
    public async Task High_throughput_is_set_in_one_step(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("source.fifo");

        await sqs.OkAsync(wire, Set("source.fifo").Attributes(
            ("DeduplicationScope", "messageGroup"), ("FifoThroughputLimit", "perMessageGroupId"),
            ("ContentBasedDeduplication", "true"), ("FifoQueue", "true")));

        var read = await sqs.AttributesAsync(Url("source.fifo"));
        Assert.Equal(("messageGroup", "perMessageGroupId", "true"), (
            read["DeduplicationScope"], read["FifoThroughputLimit"], read["ContentBasedDeduplication"]));
    }

    private static string Url(string name) => $"http://{TestSqs.Host}/000000000000/{name}";

    private static SqsRequest Set(string name) => new SqsRequest("SetQueueAttributes").Set("QueueUrl", Url(name));
}
