using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

/// <summary>Old and new clients work on one queue: what one sets or sends, the other reads alike.</summary>
public sealed class When_two_protocols_meet(SharedServer server)
{
    public static TheoryData<string, string> BothWays => new()
    {
        { ClientKinds.Boto3, ClientKinds.DotNet },
        { ClientKinds.DotNet, ClientKinds.Boto3 },
        { ClientKinds.Boto3, ClientKinds.Node },
        { ClientKinds.Node, ClientKinds.Boto3 },
    };

    [Theory, MemberData(nameof(BothWays))]
    public async Task Attributes_tags_and_urls_agree(string writer, string reader)
    {
        var (from, to) = Pair(writer, reader);
        var deadLetters = await from.CreateAsync("meet-dead");
        var policy = QueueCalls.Redrive(from.ArnOf(deadLetters), 7);
        var queue = await from.CreateAsync(
            "meet", new JsonObject { ["größe"] = "<&\"'>" }, ("RedrivePolicy", policy), ("DelaySeconds", "5"));

        Assert.Equal(queue, (string?)(await to.CallAsync("GetQueueUrl", new() { ["QueueName"] = "meet" }))["QueueUrl"]);
        var written = await from.AttributesAsync(queue);
        var read = await to.AttributesAsync(queue);
        Assert.Equal(Lines(written), Lines(read));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(policy), JsonNode.Parse((string)read["RedrivePolicy"]!)));
        var tags = (await to.CallAsync("ListQueueTags", new() { ["QueueUrl"] = queue }))["Tags"]!.AsObject();
        Assert.Equal("<&\"'>", (string?)tags["größe"]);
    }

    [Theory, MemberData(nameof(BothWays))]
    public async Task Messages_and_their_attributes_agree(string writer, string reader)
    {
        var (from, to) = Pair(writer, reader);
        var queue = await from.CreateAsync("meet-messages");
        var body = "line\r\nbreak\ttab <tag> & \"quotes\" 'single' ]]> 漢字 🦊 é";
        var binary = Convert.ToBase64String([0, 1, 2, 253, 254, 255]);
        await from.SendAsync(queue, body, new()
        {
            ["MessageAttributes"] = new JsonObject
            {
                ["Text.note-1_a"] = new JsonObject { ["DataType"] = "String.note", ["StringValue"] = " <b>&\n" },
                ["Count"] = new JsonObject { ["DataType"] = "Number", ["StringValue"] = "-12.5e3" },
                ["Blob"] = new JsonObject { ["DataType"] = "Binary", ["BinaryValue"] = binary },
            },
        });

        var message = await to.ReceiveOneAsync(queue);

        Assert.Equal(body, message.Text);
        Assert.Equal(" <b>&\n", (string?)message.Custom["Text.note-1_a"]!["StringValue"]);
        Assert.Equal("String.note", (string?)message.Custom["Text.note-1_a"]!["DataType"]);
        Assert.Equal("-12.5e3", (string?)message.Custom["Count"]!["StringValue"]);
        Assert.Equal(binary, (string?)message.Custom["Blob"]!["BinaryValue"]);
        await to.DeleteAsync(queue, message);
        Assert.Equal((0, 0, 0), await from.CountersAsync(queue));
    }

    private (SqsClient From, SqsClient To) Pair(string writer, string reader)
    {
        var account = Account.Of(nameof(When_two_protocols_meet), writer, reader);
        return (server.Client(writer, account), server.Client(reader, account));
    }

    private static IEnumerable<string> Lines(JsonObject attributes) =>
        attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal);
}
