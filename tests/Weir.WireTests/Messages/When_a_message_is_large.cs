using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_a_message_is_large(SharedServer server)
{
    private const int Limit = 1_048_576;

    [Theory, BothProtocols]
    public async Task One_mebibyte_passes_and_a_byte_more_does_not(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("mebibyte");
        var body = string.Concat(Enumerable.Repeat("0123456789abcdef", Limit / 16));

        await sqs.SendAsync(queue, body);
        await RefusesAsync(sqs, queue, body + "x");

        Assert.Equal(body, (await sqs.ReceiveOneAsync(queue)).Text);
    }

    [Theory, EveryLibrary]
    public async Task A_mebibyte_of_what_grows_on_the_wire_passes(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("growing");
        foreach (var unit in new[] { "\"\\<&>\r\n ", "漢字漢字漢字 \t", "🦊🦊" })
        {
            var body = string.Concat(Enumerable.Repeat(unit, Limit / System.Text.Encoding.UTF8.GetByteCount(unit)));
            await sqs.SendAsync(queue, body);
            var received = await sqs.ReceiveOneAsync(queue);

            Assert.Equal(Checksum.OfText(body), Checksum.OfText(received.Text));
            await sqs.DeleteAsync(queue, received);
        }
    }

    [Theory, BothProtocols]
    public async Task Ten_large_ones_come_in_one_answer(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("ten-large");
        var body = new string('<', Limit / 8);
        for (var i = 0; i < 10; i++) await sqs.SendAsync(queue, body);

        var received = await sqs.ReceiveManyAsync(queue, 10);

        Assert.All(received, message => Assert.Equal(body.Length, message.Text.Length));
    }

    [Theory, BothProtocols]
    public async Task Bytes_count_not_characters(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("bytes", ("MaximumMessageSize", "1024"));

        await sqs.SendAsync(queue, new string('é', 512));
        await RefusesAsync(sqs, queue, new string('é', 513));

        Assert.Equal(512, (await sqs.ReceiveOneAsync(queue)).Text.Length);
    }

    [Theory, BothProtocols]
    public async Task Names_types_and_values_of_attributes_count(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("attributes-count", ("MaximumMessageSize", "1024"));
        var attribute = new JsonObject { ["name"] = Custom.Text(new string('v', 100)) };
        var room = 1024 - "name".Length - "String".Length - 100;

        await sqs.SendAsync(queue, new string('x', room), new() { ["MessageAttributes"] = attribute.DeepClone() });
        await RefusesAsync(sqs, queue, new string('x', room + 1), attribute);
    }

    [Theory, BothProtocols]
    public async Task A_batch_is_refused_whole_beyond_one_mebibyte_in_all(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("batch-total");
        JsonObject Half(int more) => new() { ["MessageBody"] = new string('h', (Limit / 2) + more) };

        Assert.Equal(["0", "1"], (await sqs.SendBatchAsync(queue, Half(0), Half(0))).Ids("Successful"));
        var entries = new JsonArray(Half(0).With(new() { ["Id"] = "a" }), Half(1).With(new() { ["Id"] = "b" }));
        await sqs.RefusesAsync(
            SqsError.BatchRequestTooLong, "SendMessageBatch", new() { ["QueueUrl"] = queue, ["Entries"] = entries });

        Assert.Equal((2, 0, 0), await sqs.CountersAsync(queue));
    }

    private static Task<SqsRefusedException> RefusesAsync(
        SqsClient sqs, string queue, string body, JsonObject? attributes = null)
    {
        var input = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = body };
        if (attributes is not null) input["MessageAttributes"] = attributes;
        return sqs.RefusesAsync(SqsError.InvalidParameterValue, "SendMessage", input);
    }
}
