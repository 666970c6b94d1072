using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_attributes_are_set(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Each_is_read_back_and_the_others_stay(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("settings", ("DelaySeconds", "3"));

        await sqs.SetAsync(
            queue,
            ("VisibilityTimeout", "43200"), ("MessageRetentionPeriod", "1209600"), ("MaximumMessageSize", "1024"),
            ("ReceiveMessageWaitTimeSeconds", "20"), ("KmsMasterKeyId", "alias/mine"),
            ("KmsDataKeyReusePeriodSeconds", "300"));

        var attributes = await sqs.AttributesAsync(queue);
        Assert.Equal("3", (string?)attributes["DelaySeconds"]);
        Assert.Equal("43200", (string?)attributes["VisibilityTimeout"]);
        Assert.Equal("1209600", (string?)attributes["MessageRetentionPeriod"]);
        Assert.Equal("1024", (string?)attributes["MaximumMessageSize"]);
        Assert.Equal("20", (string?)attributes["ReceiveMessageWaitTimeSeconds"]);
        Assert.Equal("alias/mine", (string?)attributes["KmsMasterKeyId"]);
        Assert.Equal("300", (string?)attributes["KmsDataKeyReusePeriodSeconds"]);
    }

    [Theory, BothProtocols]
    public async Task Only_those_asked_for_are_answered(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("chosen");

        var attributes = await sqs.AttributesAsync(queue, "VisibilityTimeout", "QueueArn");

        Assert.Equal(["QueueArn", "VisibilityTimeout"], attributes.Select(a => a.Key).Order(StringComparer.Ordinal));
    }

    [Theory, BothProtocols]
    public async Task A_value_out_of_range_is_refused_and_changes_nothing(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("ranges");
        (string Name, string[] Values)[] bad =
        [
            ("DelaySeconds", ["-1", "901", "soon", "1.5", "99999999999999999999"]),
            ("VisibilityTimeout", ["-1", "43201", "0x10"]),
            ("MessageRetentionPeriod", ["59", "1209601"]),
            ("MaximumMessageSize", ["1023", "1048577"]),
            ("ReceiveMessageWaitTimeSeconds", ["-1", "21"]),
            ("Policy", ["not JSON"]),
        ];
        foreach (var (name, values) in bad)
            foreach (var value in values)
            {
                var error = SqsError.InvalidAttributeValue;
                await RefusesAsync(sqs, queue, error, ("KmsMasterKeyId", "good"), (name, value));
            }
        Assert.Null((await sqs.AttributesAsync(queue))["KmsMasterKeyId"]);
    }

    [Theory, BothProtocols]
    public async Task An_unknown_name_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("names");

        await RefusesAsync(sqs, queue, SqsError.InvalidAttributeName, ("visibilitytimeout", "1"));
        await RefusesAsync(sqs, queue, SqsError.InvalidAttributeName, ("QueueArn", "arn:aws:sqs:x:1:y"));
        await sqs.RefusesAsync(SqsError.InvalidAttributeName, "GetQueueAttributes", new()
        {
            ["QueueUrl"] = queue,
            ["AttributeNames"] = QueueCalls.Texts("Color"),
        });
    }

    [Theory, BothProtocols]
    public async Task The_counters_are_exact(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("counted");
        foreach (var body in new[] { "a", "b", "c" }) await sqs.SendAsync(queue, body);
        foreach (var body in new[] { "d", "e" }) await sqs.SendAsync(queue, body, new() { ["DelaySeconds"] = 900 });
        await sqs.ReceiveAsync(queue, more: new() { ["MaxNumberOfMessages"] = 1 });

        Assert.Equal((2, 1, 2), await sqs.CountersAsync(queue));
    }

    private static Task<SqsRefusedException> RefusesAsync(
        SqsClient sqs, string queue, SqsError error, params (string Name, string Value)[] attributes) =>
        sqs.RefusesAsync(error, "SetQueueAttributes", new JsonObject
        {
            ["QueueUrl"] = queue,
            ["Attributes"] = QueueCalls.Map(attributes),
        });
}
