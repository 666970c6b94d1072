using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Queues;

public sealed class When_a_queue_is_created(SharedServer server)
{
    [Theory, BothProtocols]
    public async Task Its_url_is_the_servers_with_account_and_name(string client)
    {
        var sqs = server.Client(client, this);

        var url = await sqs.CreateAsync("orders");

        Assert.Equal($"http://127.0.0.1:{server.Weir.Port}/{sqs.Account}/orders", url);
    }

    [Theory, BothProtocols]
    public async Task It_has_the_documented_defaults(string client)
    {
        var sqs = server.Client(client, this);

        var attributes = await sqs.AttributesAsync(await sqs.CreateAsync("defaults"));

        Assert.Equal("0", (string?)attributes["DelaySeconds"]);
        Assert.Equal("30", (string?)attributes["VisibilityTimeout"]);
        Assert.Equal("345600", (string?)attributes["MessageRetentionPeriod"]);
        Assert.Equal("0", (string?)attributes["ReceiveMessageWaitTimeSeconds"]);
        Assert.Equal("1048576", (string?)attributes["MaximumMessageSize"]);
        Assert.Equal("0", (string?)attributes["ApproximateNumberOfMessages"]);
        Assert.Equal(sqs.Arn("defaults"), (string?)attributes["QueueArn"]);
        Assert.Matches("^[0-9]{10}$", (string?)attributes["CreatedTimestamp"]);
        Assert.Equal((string?)attributes["CreatedTimestamp"], (string?)attributes["LastModifiedTimestamp"]);
        Assert.Null(attributes["FifoQueue"]);
        Assert.Null(attributes["RedrivePolicy"]);
    }

    [Theory, BothProtocols]
    public async Task A_fifo_queue_has_its_own_defaults_besides(string client)
    {
        var sqs = server.Client(client, this);

        var attributes = await sqs.AttributesAsync(await sqs.CreateFifoAsync("defaults.fifo"));

        Assert.Equal("true", (string?)attributes["FifoQueue"]);
        Assert.Equal("false", (string?)attributes["ContentBasedDeduplication"]);
        Assert.Equal("queue", (string?)attributes["DeduplicationScope"]);
        Assert.Equal("perQueue", (string?)attributes["FifoThroughputLimit"]);
    }

    [Theory, BothProtocols]
    public async Task Creating_it_again_with_the_same_attributes_gives_the_same_queue(string client)
    {
        var sqs = server.Client(client, this);
        var first = await sqs.CreateAsync("again", ("VisibilityTimeout", "45"), ("DelaySeconds", "7"));

        Assert.Equal(first, await sqs.CreateAsync("again", ("VisibilityTimeout", "45"), ("DelaySeconds", "7")));
        Assert.Equal(first, await sqs.CreateAsync("again"));
    }

    [Theory, BothProtocols]
    public async Task Creating_it_again_with_another_attribute_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        await sqs.CreateAsync("taken", ("VisibilityTimeout", "45"));

        await sqs.RefusesAsync(SqsError.QueueNameExists, "CreateQueue", new()
        {
            ["QueueName"] = "taken",
            ["Attributes"] = QueueCalls.Map(("VisibilityTimeout", "46")),
        });
    }

    [Theory, BothProtocols]
    public async Task A_name_that_is_none_is_refused(string client)
    {
        var sqs = server.Client(client, this);
        foreach (var name in new[] { "with space", "dot.ted", "ünïcode", new string('q', 81), "slash/ed" })
            await sqs.RefusesAsync(SqsError.InvalidParameterValue, "CreateQueue", new() { ["QueueName"] = name });
    }

    [Theory, BothProtocols]
    public async Task A_name_of_80_characters_is_taken(string client)
    {
        var sqs = server.Client(client, this);
        var name = "Az-09_" + new string('q', 74);

        Assert.EndsWith("/" + name, await sqs.CreateAsync(name), StringComparison.Ordinal);
    }

    [Theory, BothProtocols]
    public async Task Only_a_name_with_the_suffix_makes_a_fifo_queue(string client)
    {
        var sqs = server.Client(client, this);
        var url = await sqs.CreateFifoAsync("orders.fifo");

        Assert.Equal("true", (string?)(await sqs.AttributesAsync(url))["FifoQueue"]);
        await sqs.RefusesAsync(SqsError.InvalidParameterValue, "CreateQueue", new()
        {
            ["QueueName"] = "orders",
            ["Attributes"] = QueueCalls.Map(("FifoQueue", "true")),
        });
        await sqs.RefusesAsync(
            SqsError.InvalidParameterValue, "CreateQueue", new() { ["QueueName"] = "lonely.fifo" });
    }

    [Theory, BothProtocols]
    public async Task It_keeps_the_tags_given_with_it(string client)
    {
        var sqs = server.Client(client, this);
        var queue = await sqs.CreateAsync("tagged", new JsonObject { ["team"] = "payments" });

        var tags = (await sqs.CallAsync("ListQueueTags", new() { ["QueueUrl"] = queue }))["Tags"]!;

        Assert.Equal("payments", (string?)tags["team"]);
    }
}
