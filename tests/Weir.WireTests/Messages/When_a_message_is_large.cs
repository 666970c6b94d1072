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
