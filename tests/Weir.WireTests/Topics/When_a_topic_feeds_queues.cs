using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Topics;

public sealed class When_a_topic_feeds_queues(SharedServer server)
{
    [Theory, EveryServiceClient]
    public async Task Each_queue_gets_the_message_in_the_form_that_it_asked_for(string client)
    {
        var aws = Client(client, nameof(Each_queue_gets_the_message_in_the_form_that_it_asked_for));
        var topic = await aws.CreateTopicAsync("orders", ("DisplayName", "Orders"));
        var (plain, raw) = (await aws.CreateAsync("plain"), await aws.CreateAsync("raw"));
        var subscription = await aws.SubscribeAsync(topic, plain);
        await aws.SubscribeAsync(topic, raw, ("RawMessageDelivery", "true"));
        var attributes = new JsonObject { ["kind"] = Custom.Text("new <&> é") };

        var published = await aws.PublishAsync(topic, "body <&> 漢字", new()
        {
            ["Subject"] = "A subject", ["MessageAttributes"] = attributes.DeepClone(),
        });

        var received = await aws.ReceiveOneAsync(raw);
        Assert.Equal("body <&> 漢字", received.Text);
        Assert.Equal("new <&> é", (string?)received.Custom["kind"]!["StringValue"]);
        var envelope = await aws.ReceiveEnvelopeAsync(plain);
        Assert.Equal("Notification", (string?)envelope["Type"]);
        Assert.Equal((string?)published["MessageId"], (string?)envelope["MessageId"]);
        Assert.Equal("body <&> 漢字", (string?)envelope["Message"]);
        Assert.Equal("A subject", (string?)envelope["Subject"]);
        Assert.Equal("new <&> é", (string?)envelope["MessageAttributes"]!["kind"]!["Value"]);
        Assert.Contains(subscription, (string?)envelope["UnsubscribeURL"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task The_signature_is_that_of_the_certificate_it_names(string version)
    {
        var aws = Client(ClientKinds.Boto3, $"signature {version}");
        var topic = await aws.CreateTopicAsync("signed", ("SignatureVersion", version));
        var queue = await aws.CreateAsync("signed");
        await aws.SubscribeAsync(topic, queue);
        await aws.PublishAsync(topic, "what is signed");

        var envelope = await aws.ReceiveEnvelopeAsync(queue);

        Assert.Equal(version, (string?)envelope["SignatureVersion"]);
        Assert.True(await NotificationSignature.IsValidAsync(envelope));
        envelope["Message"] = "what is not";
        Assert.False(await NotificationSignature.IsValidAsync(envelope));
    }

    [Theory, EveryServiceClient]
    public async Task A_filter_policy_lets_through_what_it_names(string client)
    {
        var aws = Client(client, nameof(A_filter_policy_lets_through_what_it_names));
        var topic = await aws.CreateTopicAsync("filtered");
        var queue = await aws.CreateAsync("dear");
        var policy = """{"kind":["order"],"price":[{"numeric":[">=",100]}]}""";
        await aws.SubscribeAsync(topic, queue, ("FilterPolicy", policy), ("RawMessageDelivery", "true"));
        foreach (var (kind, price) in new[] { ("order", "99"), ("refund", "100"), ("order", "100") })
        {
            await aws.PublishAsync(topic, $"{kind} {price}", new()
            {
                ["MessageAttributes"] = new JsonObject
                {
                    ["kind"] = Custom.Text(kind),
                    ["price"] = new JsonObject { ["DataType"] = "Number", ["StringValue"] = price },
                },
            });
        }

        Assert.Equal("order 100", Assert.Single(await aws.ReceiveAsync(queue)).Text);
    }

    [Theory, EveryServiceClient]
    public async Task A_fifo_topic_keeps_order_and_knows_repetitions(string client)
    {
        var aws = Client(client, nameof(A_fifo_topic_keeps_order_and_knows_repetitions));
        var topic = await aws.CreateTopicAsync("o.fifo", ("FifoTopic", "true"));
        var queue = await aws.CreateFifoAsync("o.fifo");
        await aws.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        var ids = new List<string>();
        foreach (var id in new[] { "1", "2", "1", "3" })
        {
            var published = await aws.PublishAsync(topic, $"message {id}", new()
            {
                ["MessageGroupId"] = "g", ["MessageDeduplicationId"] = id,
            });
            ids.Add((string)published["MessageId"]!);
        }

        Assert.Equal(ids[0], ids[2]);
        var received = await aws.ReceiveAsync(queue);
        Assert.Equal(["message 1", "message 2", "message 3"], received.Select(message => message.Text));
    }

    [Theory, EveryServiceClient]
    public async Task A_batch_fails_in_part(string client)
    {
        var aws = Client(client, nameof(A_batch_fails_in_part));
        var topic = await aws.CreateTopicAsync("batch");
        var queue = await aws.CreateAsync("batch");
        await aws.SubscribeAsync(topic, queue, ("RawMessageDelivery", "true"));
        var answer = await aws.SnsAsync("PublishBatch", new()
        {
            ["TopicArn"] = topic,
            ["PublishBatchRequestEntries"] = new JsonArray(
                new JsonObject { ["Id"] = "good", ["Message"] = "good" },
                new JsonObject { ["Id"] = "bad", ["Message"] = "bad", ["Subject"] = new string('x', 101) }),
        });

        Assert.Equal("good", (string?)Assert.Single(answer["Successful"]!.AsArray())!["Id"]);
        var failed = Assert.Single(answer["Failed"]!.AsArray())!;
        Assert.Equal(("bad", "InvalidParameter"), ((string?)failed["Id"], (string?)failed["Code"]));
        Assert.Equal("good", Assert.Single(await aws.ReceiveAsync(queue)).Text);
    }

    [Theory, EveryServiceClient]
    public async Task What_Weir_does_not_deliver_to_is_refused_when_it_subscribes(string client)
    {
        var aws = Client(client, nameof(What_Weir_does_not_deliver_to_is_refused_when_it_subscribes));
        var topic = await aws.CreateTopicAsync("refused");
        foreach (var (protocol, endpoint) in new[] { ("email", "a@example.org"), ("sqs", aws.Arn("nowhere")) })
        {
            var refused = await aws.RefusesAsync(new SqsError(null, "InvalidParameter", 400), "sns.Subscribe", new()
            {
                ["TopicArn"] = topic, ["Protocol"] = protocol, ["Endpoint"] = endpoint,
            });
            Assert.Contains(protocol == "sqs" ? "nowhere" : "email", refused.Message, StringComparison.Ordinal);
        }
    }

    private SqsClient Client(string kind, string test) =>
        server.Client(kind, Account.Of(nameof(When_a_topic_feeds_queues), test, kind));
}
