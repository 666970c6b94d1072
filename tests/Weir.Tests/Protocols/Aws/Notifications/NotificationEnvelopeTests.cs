using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Tests.Protocols.Sns;
using Xunit;

namespace Weir.Tests.Protocols.Aws.Notifications;

/// <summary>What a queue gets of a message, in the envelope and without it.</summary>
public sealed class NotificationEnvelopeTests
{
    [Fact]
    public async Task It_has_the_fields_that_Amazon_documents_in_their_order()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var subscription = await sns.AddQueueAsync("news", "inbox");
        sns.Queues.Broker.Time.Advance(TimeSpan.FromMilliseconds(7));
        var answer = await sns.OkAsync(TestSns.Publish("news", "hello").Set("Subject", "Greeting"));
        sns.Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));

        var message = Assert.Single(await sns.ReceiveAsync("inbox"));

        var body = message.Text("Body")!;
        var envelope = JsonNode.Parse(body)!.AsObject();
        Assert.Equal(
            [
                "Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature",
                "SigningCertURL", "UnsubscribeURL",
            ],
            envelope.Select(field => field.Key));
        Assert.Equal("Notification", Text(envelope, "Type"));
        Assert.Equal(answer.Text("MessageId"), Text(envelope, "MessageId"));
        Assert.Equal(TestSns.TopicArn("news"), Text(envelope, "TopicArn"));
        Assert.Equal("Greeting", Text(envelope, "Subject"));
        Assert.Equal("2026-01-01T00:00:00.007Z", Text(envelope, "Timestamp"));
        Assert.StartsWith(
            "http://localhost:4566/SimpleNotificationService-", Text(envelope, "SigningCertURL"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"http://localhost:4566/?Action=Unsubscribe&SubscriptionArn={subscription}&Token=",
            Text(envelope, "UnsubscribeURL"), StringComparison.Ordinal);
        Assert.Equal(Md5(Encoding.UTF8.GetBytes(body)), message.Text("MD5OfBody"));
        Assert.NotEqual(answer.Text("MessageId"), message.Text("MessageId"));
        Assert.Equal(TestSns.Account, message.Map("Attributes", "Attribute")["SenderId"]);
    }

    [Fact]
    public async Task Message_attributes_stand_in_it_and_not_beside_it()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "hello").Attribute("kind", "String", "\"é\"")
            .Attribute("size", "Number.int", "42").Attribute("blob", "Binary", binary: [0, 255])
            .Attribute("list", "String.Array", """["a",1]"""));

        var message = Assert.Single(await sns.ReceiveAsync("inbox"));

        var expected = JsonNode.Parse("""
            {
              "kind":{"Type":"String","Value":"\"é\""},
              "size":{"Type":"Number.int","Value":"42"},
              "blob":{"Type":"Binary","Value":"AP8="},
              "list":{"Type":"String.Array","Value":"[\"a\",1]"}
            }
            """);
        var attributes = JsonNode.Parse(message.Text("Body")!)!["MessageAttributes"]!;
        Assert.True(JsonNode.DeepEquals(expected, attributes), attributes.ToJsonString());
        Assert.Null(message.Text("MD5OfMessageAttributes"));
        Assert.Empty(message.Structures("MessageAttributes", "MessageAttribute"));
    }

    [Fact]
    public async Task Raw_messages_are_as_they_were_published()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "raw", ("RawMessageDelivery", "true"));
        await sns.AddQueueAsync("news", "wrapped");
        await sns.OkAsync(TestSns.Publish("news", "{\"a\": 1}").Set("Subject", "S")
            .Attribute("Hello", "String", "There").Attribute("General", "String", "Kenobi"));

        var message = Assert.Single(await sns.ReceiveAsync("raw"));

        Assert.Equal("{\"a\": 1}", message.Text("Body"));
        Assert.Equal(Md5("{\"a\": 1}"u8.ToArray()), message.Text("MD5OfBody"));
        var attributes = message.Structures("MessageAttributes", "MessageAttribute");
        Assert.Equal(["General", "Hello"], attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Kenobi", attributes["General"].Text("StringValue"));

        // As Amazon SQS itself gave it for these two.
        Assert.Equal("fca026605781cb4126a1e9044df24232", message.Text("MD5OfMessageAttributes"));
        Assert.Equal(["{\"a\": 1}"], await sns.MessagesAsync("wrapped"));
    }

    [Fact]
    public async Task A_change_of_the_delivery_holds_for_what_is_published_from_then_on()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        var arn = await sns.AddQueueAsync("news", "inbox");
        await sns.OkAsync(TestSns.Publish("news", "wrapped"));
        await sns.OkAsync(SetSubscriptionAttributesTests.Change(arn, "RawMessageDelivery", "true"));
        await sns.OkAsync(TestSns.Publish("news", "raw"));

        var bodies = (await sns.ReceiveAsync("inbox")).Select(message => message.Text("Body")!).ToList();

        Assert.Equal(2, bodies.Count);
        Assert.Contains("raw", bodies);
        Assert.Contains(bodies, body => body.Contains("\"Message\":\"wrapped\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_was_sent_and_only_looks_like_one_is_left_alone()
    {
        await using var sns = new TestSns();
        await sns.CreateTopicAsync("news");
        await sns.AddQueueAsync("news", "inbox");
        const string body = """{"Type":"Notification","Message":"x"}""";

        await sns.Queues.SendAsync(body, TestSns.QueueUrl("inbox"));

        Assert.Equal(body, Assert.Single(await sns.ReceiveAsync("inbox")).Text("Body"));
    }

    private static string Text(JsonObject envelope, string name) => envelope[name]!.GetValue<string>();

    [SuppressMessage("Security", "CA5351", Justification = "The protocol prescribes MD5, as a checksum.")]
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
