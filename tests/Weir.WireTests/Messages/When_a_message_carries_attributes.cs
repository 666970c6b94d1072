using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Messages;

public sealed class When_a_message_carries_attributes(SharedServer server)
{
    private static JsonObject EveryType() => new()
    {
        ["text"] = Custom.Text("válue <&> 🦊"),
        ["text.labelled"] = Custom.Text("x", "String.json"),
        ["number"] = Custom.Number("-3.14159e10"),
        ["number-int"] = Custom.Number("42", "Number.int"),
        ["Blob_1"] = Custom.Binary([0, 255, 10, 13, 38, 60]),
        ["blob.png"] = Custom.Binary([137, 80, 78, 71], "Binary.png"),
    };

    [Theory, EveryLibrary]
    public async Task They_come_back_with_types_values_and_checksum(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("types");

        var sent = await sqs.SendAsync(queue, "with attributes", new() { ["MessageAttributes"] = EveryType() });
        var received = await sqs.ReceiveOneAsync(queue);

        Assert.Equal(Checksum.OfAttributes(EveryType()), (string?)sent["MD5OfMessageAttributes"]);
        Assert.Equal(Checksum.OfAttributes(EveryType()), received.CustomChecksum);
        Assert.Equal(Lines(EveryType()), Lines(received.Custom));
    }

    [Theory, BothProtocols]
    public async Task Only_those_asked_for_come_and_the_checksum_covers_them(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("filters", ("VisibilityTimeout", "0"));
        await sqs.SendAsync(queue, "with attributes", new() { ["MessageAttributes"] = EveryType() });
        (string[] Asked, string[] Come)[] filters =
        [
            ([], []),
            (["number"], ["number"]),
            (["text.*"], ["text", "text.labelled"]),
            (["te.*"], ["text", "text.labelled"]),
            (["number", "Blob_1", "unknown"], ["Blob_1", "number"]),
            (["blob.*", "text"], ["blob.png", "text"]),
            ([".*"], [.. EveryType().Select(pair => pair.Key).Order(StringComparer.Ordinal)]),
            (["All"], [.. EveryType().Select(pair => pair.Key).Order(StringComparer.Ordinal)]),
        ];
        foreach (var (asked, come) in filters)
        {
            var received = await sqs.ReceiveOneAsync(
                queue, new() { ["MessageAttributeNames"] = QueueCalls.Texts(asked) });

            Assert.Equal(come, received.Custom.Select(pair => pair.Key).Order(StringComparer.Ordinal));
            Assert.Equal(come.Length == 0 ? null : Checksum.OfAttributes(received.Custom), received.CustomChecksum);
        }
    }

    [Theory, BothProtocols]
    public async Task Ten_are_taken_and_eleven_are_not(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("ten");
        await sqs.SendAsync(queue, "ten", new() { ["MessageAttributes"] = Numbered(10) });

        await RefusesAsync(sqs, queue, Numbered(11));

        Assert.Equal(10, (await sqs.ReceiveOneAsync(queue)).Custom.Count);
    }

    [Theory, BothProtocols]
    public async Task What_is_no_attribute_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("no-attributes");
        (string Name, JsonObject Value)[] bad =
        [
            ("empty", Custom.Text("")),
            ("type", Custom.Text("x", "Text")),
            ("type", Custom.Text("x", "string")),
            ("type", Custom.Text("x", "")),
            ("number", Custom.Number("twelve")),
            ("AWS.reserved", Custom.Text("x")),
            ("Amazon.reserved", Custom.Text("x")),
            (".starts", Custom.Text("x")),
            ("ends.", Custom.Text("x")),
            ("two..dots", Custom.Text("x")),
            ("a space", Custom.Text("x")),
            ("ünï", Custom.Text("x")),
            (new string('n', 257), Custom.Text("x")),
        ];
        foreach (var (name, value) in bad) await RefusesAsync(sqs, queue, new() { [name] = value });
        await sqs.RefusesAsync(SqsError.InvalidMessageContents, "SendMessage", new()
        {
            ["QueueUrl"] = queue,
            ["MessageBody"] = "refused",
            ["MessageAttributes"] = new JsonObject { ["control"] = Custom.Text("a\u0001b") },
        });
        Assert.Equal((0, 0, 0), await sqs.CountersAsync(queue));
    }

    private static Task<SqsRefusedException> RefusesAsync(SqsClient sqs, string queue, JsonObject attributes) =>
        sqs.RefusesAsync(SqsError.InvalidParameterValue, "SendMessage", new()
        {
            ["QueueUrl"] = queue,
            ["MessageBody"] = "refused",
            ["MessageAttributes"] = attributes,
        });

    private static JsonObject Numbered(int count) => new(
        Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"name-{i}", (JsonNode?)Custom.Number($"{i}"))));

    private static IEnumerable<string> Lines(JsonObject attributes) => attributes
        .Select(pair => $"{pair.Key} {pair.Value!["DataType"]} {pair.Value["StringValue"]}{pair.Value["BinaryValue"]}")
        .Order(StringComparer.Ordinal);
}
