using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class SendMessageTests
{
    private static readonly string[] TwoGroups = ["a", "b"];

    [Theory, OverBothWires]
    public async Task It_answers_the_id_and_the_digest_of_the_body(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        const string Body = "Grüße, \"Welt\" & <Wehr>\r\n\t€😀";

        var answer = await sqs.OkAsync(wire, Send(Body));

        Assert.Equal(Md5(Body), answer.Text("MD5OfMessageBody"));
        Assert.True(Guid.TryParseExact(answer.Text("MessageId"), "D", out _));
        Assert.Null(answer.Text("SequenceNumber"));
        Assert.Null(answer.Text("MD5OfMessageAttributes"));
        var message = Assert.Single(await sqs.ReceiveAsync());
        Assert.Equal(Body, message.Text("Body"));
        Assert.Equal(answer.Text("MessageId"), message.Text("MessageId"));
    }

    [Theory, OverBothWires]
    public async Task It_answers_the_digests_of_attributes(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var answer = await sqs.OkAsync(wire, Send("x")
            .Attribute("Help.Me", "String", "Me").Attribute("General", "String", "Kenobi")
            .Attribute("Hello", "String", "There")
            .Attribute("AWSTraceHeader", "String", "Root=1-1", kind: "MessageSystemAttribute"));

        // The first digest is one that Amazon SQS gave for these three.
        Assert.Equal("4c360f3fdafd970e05fae2f149d997f5", answer.Text("MD5OfMessageAttributes"));
        Assert.Equal(32, answer.Text("MD5OfMessageSystemAttributes")!.Length);
    }

    [Theory, OverBothWires]
    public async Task A_fifo_message_has_a_sequence_number_and_a_duplicate_has_the_firsts(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders.fifo");
        var request = new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.FifoUrl).Set("MessageBody", "x")
            .Set("MessageGroupId", "g").Set("MessageDeduplicationId", "1");

        var first = await sqs.OkAsync(wire, request);
        var second = await sqs.OkAsync(wire, request);

        Assert.Equal(20, first.Text("SequenceNumber")!.Length);
        Assert.Equal(first.Text("SequenceNumber"), second.Text("SequenceNumber"));
        Assert.Equal(first.Text("MessageId"), second.Text("MessageId"));
        Assert.Single(await sqs.ReceiveAsync(TestSqs.FifoUrl));
    }

    [Theory, OverBothWires]
    public async Task Content_based_deduplication_compares_bodies(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders.fifo", ("ContentBasedDeduplication", "true"));
        foreach (var body in (string[])["x", "x", "y"])
        {
            await sqs.OkAsync(wire, new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.FifoUrl)
                .Set("MessageBody", body).Set("MessageGroupId", "g"));
        }

        Assert.Equal(2, (await sqs.ReceiveAsync(TestSqs.FifoUrl)).Count);
    }

    [Theory, OverBothWires]
    public async Task A_standard_queue_takes_group_ids(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        foreach (var group in TwoGroups) await sqs.OkAsync(wire, Send("x").Set("MessageGroupId", group));

        var groups = (await sqs.ReceiveAsync()).Select(
            message => message.Map("Attributes", "Attribute")["MessageGroupId"]);

        Assert.Equal(TwoGroups, groups.Order());
    }

    [Theory, OverBothWires]
    public async Task A_delay_is_kept(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.OkAsync(wire, Send("x").Set("DelaySeconds", 5));

        Assert.Empty(await sqs.ReceiveAsync());
        sqs.Broker.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Single(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task What_breaks_a_rule_is_refused_by_its_code(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("MaximumMessageSize", "1024"));
        await sqs.CreateAsync("orders.fifo");

        await sqs.RefusedAsync(wire, Send(""), "MissingParameter");
        await sqs.RefusedAsync(wire, new SqsRequest("SendMessage").Set("MessageBody", "x"), "MissingParameter");
        await sqs.RefusedAsync(wire, Send("a\u0001b"), "InvalidMessageContents");
        await sqs.RefusedAsync(wire, Send("a\uFFFEb"), "InvalidMessageContents");
        await sqs.RefusedAsync(wire, Send("x").Set("DelaySeconds", 901), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Send("x").Set("DelaySeconds", -1), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Send("x").Set("MessageDeduplicationId", "1"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Send("x").Set("MessageGroupId", "a b"), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Fifo().Set("MessageDeduplicationId", "1"), "MissingParameter");
        await sqs.RefusedAsync(wire, Fifo().Set("MessageGroupId", "g"), "InvalidParameterValue");
        await sqs.RefusedAsync(
            wire, Fifo().Set("MessageGroupId", "g").Set("MessageDeduplicationId", "1").Set("DelaySeconds", 1),
            "InvalidParameterValue");
        var tooLong = await sqs.RefusedAsync(wire, Send(new string('x', 1025)), "InvalidParameterValue");
        Assert.Contains("Message must be shorter than 1024 bytes", tooLong.Message, StringComparison.Ordinal);
        Assert.Empty(await sqs.ReceiveAsync());
    }

    [Theory, OverBothWires]
    public async Task Attributes_count_against_the_size(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("MaximumMessageSize", "1024"));

        // 1 + 6 + 1 bytes of attribute.
        await sqs.OkAsync(wire, Send(new string('x', 1016)).Attribute("a", "String", "v"));
        await sqs.RefusedAsync(
            wire, Send(new string('x', 1017)).Attribute("a", "String", "v"), "InvalidParameterValue");
    }

    [Theory, OverBothWires]
    public async Task A_queue_that_is_not_there_or_anothers_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();

        var answer = await sqs.RefusedAsync(wire, Send("x"), "AWS.SimpleQueueService.NonExistentQueue");
        Assert.Equal(
            wire == Wire.Json
                ? "The specified queue does not exist."
                : "The specified queue does not exist for this wsdl version.",
            answer.Message);
        await sqs.RefusedAsync(
            wire, Send("x").Set("QueueUrl", "http://localhost/111111111111/orders"), "AccessDenied", 403);
        await sqs.RefusedAsync(wire, Send("x").Set("QueueUrl", "http://localhost/orders"), "InvalidAddress", 404);
    }

    [Fact]
    public async Task The_trace_header_of_the_request_becomes_the_messages()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(Send("x").Json), target: "AmazonSQS.SendMessage",
            prepare: context => context.Request.Headers["X-Amzn-Trace-Id"] = "Root=1-2");

        var message = Assert.Single(await sqs.ReceiveAsync());

        Assert.Equal("Root=1-2", message.Map("Attributes", "Attribute")["AWSTraceHeader"]);
    }

    [SuppressMessage("Security", "CA5351", Justification = "The protocol prescribes MD5, as a checksum.")]
    private static string Md5(string text) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static SqsRequest Send(string body) =>
        new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl).Set("MessageBody", body);

    private static SqsRequest Fifo() =>
        new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.FifoUrl).Set("MessageBody", "x");
}
