using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Topics;

public sealed class When_a_topic_pushes_to_endpoints(SharedServer server) : IAsyncDisposable
{
    private const string QuickRetry =
        """{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":3,"numNoDelayRetries":2}}""";

    private readonly Receiver _receiver = new();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Theory, EveryServiceClient]
    public async Task An_endpoint_confirms_and_gets_signed_notifications(string client)
    {
        var aws = Client(client, nameof(An_endpoint_confirms_and_gets_signed_notifications));
        var topic = await aws.CreateTopicAsync("pushed");
        var pending = await SubscribeAsync(aws, topic, "/hook");
        Assert.Equal("pending confirmation", pending);

        var asked = await _receiver.NextAsync("/hook");
        Assert.Equal("SubscriptionConfirmation", asked.Type);
        Assert.True(await NotificationSignature.IsValidAsync(asked.Json));
        await aws.PublishAsync(topic, "before it was confirmed");
        var confirmed = await aws.SnsAsync("ConfirmSubscription", new()
        {
            ["TopicArn"] = topic, ["Token"] = (string?)asked.Json["Token"],
        });
        var published = await aws.PublishAsync(topic, "after <&> é", new() { ["Subject"] = "S" });

        var delivered = await _receiver.NextAsync("/hook");
        Assert.Equal("Notification", delivered.Type);
        Assert.Equal("after <&> é", (string?)delivered.Json["Message"]);
        Assert.Equal((string?)published["MessageId"], (string?)delivered.Json["MessageId"]);
        Assert.True(await NotificationSignature.IsValidAsync(delivered.Json));
        Assert.StartsWith(topic, (string?)confirmed["SubscriptionArn"], StringComparison.Ordinal);
        Assert.False(await NotificationSignature.IsValidAsync(Forged(delivered.Json)));
    }

    [Fact]
    public async Task The_url_in_the_request_confirms_without_a_signature()
    {
        var aws = Client(ClientKinds.Boto3, nameof(The_url_in_the_request_confirms_without_a_signature));
        var topic = await aws.CreateTopicAsync("visited");
        await SubscribeAsync(aws, topic, "/visit", ("RawMessageDelivery", "true"));
        await VisitAsync("/visit");

        await aws.PublishAsync(topic, "as it was published");

        var delivered = await _receiver.NextAsync("/visit");
        Assert.True(delivered.IsRaw);
        Assert.Equal("as it was published", delivered.Body);
    }

    [Fact]
    public async Task What_fails_is_tried_again()
    {
        var aws = Client(ClientKinds.Boto3, nameof(What_fails_is_tried_again));
        var topic = await aws.CreateTopicAsync("again");
        _receiver.StatusOf = (_, before) => before is 1 or 2 ? 503 : 200;
        await SubscribeAsync(aws, topic, "/again", ("DeliveryPolicy", QuickRetry), ("RawMessageDelivery", "true"));
        await VisitAsync("/again");

        await aws.PublishAsync(topic, "thrice");

        for (var tries = 0; tries < 3; tries++) Assert.Equal("thrice", (await _receiver.NextAsync("/again")).Body);
    }

    [Fact]
    public async Task What_fails_is_tried_again_as_the_topic_says()
    {
        var aws = Client(ClientKinds.Boto3, nameof(What_fails_is_tried_again_as_the_topic_says));
        var topic = await aws.CreateTopicAsync("again");
        _receiver.StatusOf = (_, before) => before is 1 or 2 ? 503 : 200;
        await SubscribeAsync(aws, topic, "/shared", ("RawMessageDelivery", "true"));
        await VisitAsync("/shared");
        await aws.SnsAsync("SetTopicAttributes", new()
        {
            ["TopicArn"] = topic, ["AttributeName"] = "DeliveryPolicy",
            ["AttributeValue"] = """{"http":{"defaultHealthyRetryPolicy":{"numRetries":3,"numNoDelayRetries":3}}}""",
        });

        await aws.PublishAsync(topic, "thrice");

        for (var tries = 0; tries < 3; tries++) Assert.Equal("thrice", (await _receiver.NextAsync("/shared")).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_cannot_be_delivered_goes_to_the_dead_letter_queue_with_all_its_attributes(bool isRaw)
    {
        var aws = Client(ClientKinds.Boto3, $"dead letters {isRaw}");
        var (topic, dead) = (await aws.CreateTopicAsync("lost"), await aws.CreateAsync("dead"));
        _receiver.StatusOf = (_, before) => before == 0 ? 200 : 404;
        await SubscribeAsync(aws, topic, "/lost", ("RawMessageDelivery", isRaw ? "true" : "false"),
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{aws.ArnOf(dead)}}"}"""));
        await VisitAsync("/lost");

        var attributes = new JsonObject();
        for (var i = 0; i < 11; i++)
            attributes[$"a{i}"] = new JsonObject { ["DataType"] = "String", ["StringValue"] = "x" };
        await aws.PublishAsync(topic, "kept", new() { ["MessageAttributes"] = attributes });

        await _receiver.NextAsync("/lost");
        var received = await aws.ReceiveManyAsync(dead, 1);
        var envelope = JsonNode.Parse(received[0].Text)!;
        Assert.Equal("kept", (string?)envelope["Message"]);
        Assert.Equal(11, envelope["MessageAttributes"]!.AsObject().Count);
    }

    [Fact]
    public async Task An_endpoint_that_unsubscribes_gets_no_more()
    {
        var aws = Client(ClientKinds.Boto3, nameof(An_endpoint_that_unsubscribes_gets_no_more));
        var topic = await aws.CreateTopicAsync("ended");
        var arns = new List<string>();
        foreach (var path in new[] { "/ends", "/stays" })
        {
            await SubscribeAsync(aws, topic, path, ("RawMessageDelivery", "true"));
            arns.Add(await VisitAsync(path));
        }

        await aws.SnsAsync("Unsubscribe", new() { ["SubscriptionArn"] = arns[0] });
        await aws.PublishAsync(topic, "only one is left");

        Assert.Equal("only one is left", (await _receiver.NextAsync("/stays")).Body);
        var left = await aws.SnsAsync("ListSubscriptionsByTopic", new() { ["TopicArn"] = topic });
        Assert.Equal(arns[1], (string?)Assert.Single(left["Subscriptions"]!.AsArray())!["SubscriptionArn"]);
    }

    private static JsonObject Forged(JsonObject message)
    {
        message["Message"] = "forged";
        return message;
    }

    private async Task<string> SubscribeAsync(
        SqsClient aws, string topic, string path, params (string Name, string Value)[] attributes)
    {
        var input = new JsonObject
        {
            ["TopicArn"] = topic, ["Protocol"] = "http", ["Endpoint"] = new Uri(_receiver.Address, path).ToString(),
        };
        if (attributes.Length > 0) input["Attributes"] = QueueCalls.Map(attributes);
        return (string)(await aws.SnsAsync("Subscribe", input))["SubscriptionArn"]!;
    }

    /// <summary>Confirms as a person would, and answers the subscription's ARN.</summary>
    private async Task<string> VisitAsync(string path)
    {
        var asked = await _receiver.NextAsync(path);
        using var http = new HttpClient();
        var answer = await http.GetStringAsync(
            (string)asked.Json["SubscribeURL"]!, TestContext.Current.CancellationToken);
        var start = answer.IndexOf("<SubscriptionArn>", StringComparison.Ordinal) + "<SubscriptionArn>".Length;
        return answer[start..answer.IndexOf('<', start)];
    }

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_a_topic_pushes_to_endpoints), test, kind));
}
