using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_a_message_is_sent(SharedServer server)
{
    [Theory, EveryLibrary]
    public async Task It_is_received_as_it_was_sent(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("bodies");
        string[] bodies =
        [
            "plain", " leading and trailing ", "{\"json\": [1, 2]}", "<xml a=\"b\">&amp;</xml>", "a=b&c=d+e%20f",
            "tab\tnewline\ncarriage\r\nreturn", "漢字 ünïcödé 🦊", "\uFFFD\uE000\uD7FF", new string('x', 20_000),
        ];
        foreach (var body in bodies)
        {
            var sent = await sqs.SendAsync(queue, body);
            var received = await sqs.ReceiveOneAsync(queue);

            Assert.Equal(body, received.Text);
            Assert.Equal((string?)sent["MessageId"], received.Id);
            Assert.Equal(Checksum.OfText(body), (string?)sent["MD5OfMessageBody"]);
            Assert.Equal(Checksum.OfText(body), received.TextChecksum);
            await sqs.DeleteAsync(queue, received);
        }
    }

    [Theory, BothProtocols]
    public async Task It_tells_who_sent_it_and_when_and_how_often_it_came(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("system-attributes");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var sent = await sqs.SendAsync(queue, "hello");
        var received = await sqs.ReceiveOneAsync(queue);
        var after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        Assert.Equal(1, received.Count);
        Assert.NotEmpty(received.System("SenderId"));
        Assert.InRange(Milliseconds(received, "SentTimestamp"), before, after);
        Assert.InRange(
            Milliseconds(received, "ApproximateFirstReceiveTimestamp"), Milliseconds(received, "SentTimestamp"), after);
        Assert.Null(sent["SequenceNumber"]);
        Assert.False(received.HasSystem("SequenceNumber"));
        Assert.False(received.HasSystem("MessageDeduplicationId"));
    }

    [Theory, BothProtocols]
    public async Task Only_the_system_attributes_asked_for_come(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("system-attributes-asked", ("VisibilityTimeout", "0"));
        await sqs.SendAsync(queue, "hello");

        var none = await sqs.ReceiveOneAsync(queue, new() { ["AttributeNames"] = QueueCalls.Texts() });
        var one = await sqs.ReceiveOneAsync(queue, new() { ["AttributeNames"] = QueueCalls.Texts("SentTimestamp") });

        Assert.False(none.HasSystem("SentTimestamp"));
        Assert.True(one.HasSystem("SentTimestamp"));
        Assert.False(one.HasSystem("SenderId"));
    }

    [Fact]
    public async Task The_newer_name_for_the_system_attributes_works_too()
    {
        var sqs = server.Client(ClientKinds.DotNet, this);
        var queue = await sqs.CreateAsync("newer-name");
        await sqs.SendAsync(queue, "hello");

        var received = await sqs.ReceiveOneAsync(queue, new()
        {
            ["AttributeNames"] = null,
            ["MessageSystemAttributeNames"] = QueueCalls.Texts("ApproximateReceiveCount"),
        });

        Assert.Equal(1, received.Count);
        Assert.False(received.HasSystem("SentTimestamp"));
    }

    [Theory, BothProtocols]
    public async Task A_group_id_is_kept_on_a_standard_queue(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("tenants");
        await sqs.SendAsync(queue, "hello", new() { ["MessageGroupId"] = "tenant-1" });

        Assert.Equal("tenant-1", (await sqs.ReceiveOneAsync(queue)).System("MessageGroupId"));
    }

    [Theory, BothProtocols]
    public async Task A_trace_header_comes_along_and_has_its_checksum(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("traced");
        const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        JsonObject system = new() { ["AWSTraceHeader"] = Custom.Text(Trace) };

        var sent = await sqs.SendAsync(queue, "hello", new() { ["MessageSystemAttributes"] = system.DeepClone() });

        Assert.Equal(Checksum.OfAttributes(system), (string?)sent["MD5OfMessageSystemAttributes"]);
        Assert.Null(sent["MD5OfMessageAttributes"]);
        Assert.Equal(Trace, (await sqs.ReceiveOneAsync(queue)).System("AWSTraceHeader"));
    }

    [Theory, BothProtocols]
    public async Task What_no_receive_may_ask_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("asking");
        (string Name, int Value)[] bad =
        [
            ("MaxNumberOfMessages", 0), ("MaxNumberOfMessages", 11), ("MaxNumberOfMessages", -1),
            ("WaitTimeSeconds", -1), ("WaitTimeSeconds", 21), ("VisibilityTimeout", -1), ("VisibilityTimeout", 43_201),
        ];
        foreach (var (name, value) in bad)
            await sqs.RefusesAsync(
                SqsError.InvalidParameterValue, "ReceiveMessage", new() { ["QueueUrl"] = queue, [name] = value });
    }

    [Theory, BothProtocols]
    public async Task An_empty_body_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("empty");

        await sqs.RefusesAsync(
            SqsError.MissingParameter, "SendMessage", new() { ["QueueUrl"] = queue, ["MessageBody"] = "" });
    }

    private static long Milliseconds(Received message, string name) =>
        long.Parse(message.System(name), CultureInfo.InvariantCulture);
}
