using System.Text;
using Xunit;

namespace Weir.Tests.Protocols.Sqs;

public sealed class ReceiveMessageTests
{
    [Theory, OverBothWires]
    public async Task An_empty_queue_answers_no_messages(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        Assert.Empty((await sqs.OkAsync(wire, Receive())).Items("Messages", "Message"));
    }

    [Theory, OverBothWires]
    public async Task System_attributes_are_those_that_were_asked_for(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("VisibilityTimeout", "0"));
        await sqs.SendAsync("x");

        Assert.Empty(await SystemAsync(Receive()));
        var one = await SystemAsync(Receive().Texts("AttributeNames", "AttributeName", "SenderId"));
        Assert.Equal(["SenderId"], one.Keys);
        var all = await SystemAsync(
            Receive().Texts("MessageSystemAttributeNames", "MessageSystemAttributeName", "All"));
        Assert.Equal(
            ["ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "SenderId", "SentTimestamp"],
            all.Keys.Order());
        Assert.Equal("3", all["ApproximateReceiveCount"]);
        Assert.Equal("1767225600000", all["SentTimestamp"]);
        Assert.Equal("000000000000", all["SenderId"]);
        await sqs.RefusedAsync(
            wire, Receive().Texts("AttributeNames", "AttributeName", "Color"), "InvalidAttributeName");

        async Task<IReadOnlyDictionary<string, string>> SystemAsync(SqsRequest request) => Assert.Single(
            (await sqs.OkAsync(wire, request)).Items("Messages", "Message")).Map("Attributes", "Attribute");
    }

    [Theory, OverBothWires]
    public async Task A_fifo_message_has_its_ids(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders.fifo");
        var sent = await sqs.SendFifoAsync("x", group: "g", id: "d");

        var answer = await sqs.OkAsync(wire, Receive().Set("QueueUrl", TestSqs.FifoUrl)
            .Set("ReceiveRequestAttemptId", "try").Texts("AttributeNames", "AttributeName", "All"));

        var attributes = Assert.Single(answer.Items("Messages", "Message")).Map("Attributes", "Attribute");
        Assert.Equal(("g", "d"), (attributes["MessageGroupId"], attributes["MessageDeduplicationId"]));
        Assert.Equal(sent.Text("SequenceNumber"), attributes["SequenceNumber"]);
    }

    // The digests are those that Amazon SQS gave for these attributes and filters.
    [Theory]
    [InlineData("", "")]
    [InlineData("All", "4c360f3fdafd970e05fae2f149d997f5")]
    [InlineData(".*", "4c360f3fdafd970e05fae2f149d997f5")]
    [InlineData("Hel.*", "83fee93c1bcd8b9a5a923ffacdc636c7")]
    [InlineData("General,Hello", "fca026605781cb4126a1e9044df24232")]
    [InlineData("Hello,Missing", "a311262e065454b75da111d535b8dacd")]
    [InlineData("Missing", "")]
    [InlineData("..foo", "")]
    public async Task Message_attributes_are_those_that_the_filters_name(string filters, string digest)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders", ("VisibilityTimeout", "0"));
        await sqs.OkAsync(Wire.Query, new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl)
            .Set("MessageBody", "msg").Attribute("Hello", "String", "There").Attribute("General", "String", "Kenobi")
            .Attribute("Help.Me", "String", "Me"));
        foreach (var wire in Enum.GetValues<Wire>())
        {
            var request = Receive();
            if (filters.Length > 0)
                _ = request.Texts("MessageAttributeNames", "MessageAttributeName", filters.Split(','));

            var message = Assert.Single((await sqs.OkAsync(wire, request)).Items("Messages", "Message"));

            Assert.Equal(digest, message.Text("MD5OfMessageAttributes") ?? "");
            var attributes = message.Structures("MessageAttributes", "MessageAttribute");
            Assert.Equal(digest.Length == 0, attributes.Count == 0);
            Assert.All(attributes, pair => Assert.Equal("String", pair.Value.Text("DataType")));
        }
    }

    [Theory, OverBothWires]
    public async Task Binary_attributes_come_back_as_they_were(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        byte[] value = [0, 1, 30, 255];
        await sqs.OkAsync(wire, new SqsRequest("SendMessage").Set("QueueUrl", TestSqs.OrdersUrl)
            .Set("MessageBody", "x").Attribute("bin", "Binary.png", binary: value)
            .Attribute("num", "Number.float", "-1.5e3"));

        var answer = await sqs.OkAsync(
            wire, Receive().Texts("MessageAttributeNames", "MessageAttributeName", "All"));

        var attributes = Assert.Single(answer.Items("Messages", "Message"))
            .Structures("MessageAttributes", "MessageAttribute");
        Assert.Equal(value, Convert.FromBase64String(attributes["bin"].Text("BinaryValue")!));
        Assert.Equal("Binary.png", attributes["bin"].Text("DataType"));
        Assert.Equal("Number.float", attributes["num"].Text("DataType"));
        Assert.Equal("-1.5e3", attributes["num"].Text("StringValue"));
    }

    [Theory, OverBothWires]
    public async Task A_waiting_receive_is_answered_by_a_send(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        var receive = sqs.OkAsync(wire, Receive().Set("WaitTimeSeconds", 20));
        await sqs.Broker.WaitersAsync(1);

        await sqs.SendAsync("late");

        Assert.Equal("late", Assert.Single((await receive).Items("Messages", "Message")).Text("Body"));
    }

    [Theory, OverBothWires]
    public async Task What_is_out_of_range_is_refused(Wire wire)
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");

        var answer = await sqs.RefusedAsync(wire, Receive().Set("MaxNumberOfMessages", 11), "InvalidParameterValue");
        Assert.Equal(
            "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.",
            answer.Message);
        await sqs.RefusedAsync(wire, Receive().Set("MaxNumberOfMessages", 0), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Receive().Set("WaitTimeSeconds", 21), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Receive().Set("VisibilityTimeout", 43_201), "InvalidParameterValue");
        await sqs.RefusedAsync(wire, Receive().Set("ReceiveRequestAttemptId", "a"), "InvalidParameterValue");
    }

    [Fact]
    public async Task A_message_goes_back_when_its_answer_cannot_be_written()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        await sqs.SendAsync("x");

        await sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(Receive().Json), target: "AmazonSQS.ReceiveMessage",
            prepare: context =>
            {
                var gone = new CancellationTokenSource();
                context.RequestAborted = gone.Token;
                context.Response.Body = new BrokenStream(gone);
            });

        Assert.Equal("x", Assert.Single(await sqs.ReceiveAsync()).Text("Body"));
        Assert.Empty(sqs.Log.Entries);
    }

    [Fact]
    public async Task A_message_is_not_leased_to_a_client_that_went_while_it_waited()
    {
        await using var sqs = new TestSqs();
        await sqs.CreateAsync("orders");
        using var gone = new CancellationTokenSource();
        var receive = sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(Receive().Set("WaitTimeSeconds", 20).Json),
            target: "AmazonSQS.ReceiveMessage", prepare: context => context.RequestAborted = gone.Token);
        await sqs.Broker.WaitersAsync(1);

        await gone.CancelAsync();
        await receive;
        await sqs.SendAsync("x");

        var message = Assert.Single(await sqs.ReceiveAsync());
        Assert.Equal("1", message.Map("Attributes", "Attribute")["ApproximateReceiveCount"]);
        Assert.Empty(sqs.Log.Entries);
    }

    private static SqsRequest Receive() => new SqsRequest("ReceiveMessage").Set("QueueUrl", TestSqs.OrdersUrl);

    /// <summary>A connection that breaks when it is written to.</summary>
    private sealed class BrokenStream(CancellationTokenSource gone) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            gone.Cancel();
            throw new IOException("The connection is gone.");
        }
    }
}
