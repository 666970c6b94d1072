using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Clients;
using Weir.WireTests.Server;

namespace Weir.WireTests.Topics;

public sealed class When_a_fifo_topic_is_replayed(SharedServer server)
{
    [Theory, EveryServiceClient]
    public async Task A_new_subscription_gets_what_was_published_before_it(string client)
    {
        var aws = server.Client(client, Account.Of(nameof(When_a_fifo_topic_is_replayed), "new", client));
        var topic = await aws.CreateTopicAsync(
            "o.fifo", ("FifoTopic", "true"), ("ArchivePolicy", """{"MessageRetentionPeriod":"7"}"""));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((string)(await aws.PublishAsync(topic, $"message {i}", new()
            {
                ["MessageGroupId"] = "g", ["MessageDeduplicationId"] = $"{i}",
            }))["MessageId"]!);
        }

        var queue = await aws.CreateFifoAsync("late.fifo");
        var start = DateTimeOffset.UtcNow.AddHours(-1)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var subscription = await aws.SubscribeAsync(
            topic, queue, ("ReplayPolicy", $$"""{"PointType":"Timestamp","StartingPoint":"{{start}}"}"""));

        var received = await aws.ReceiveManyAsync(queue, 3);
        var envelopes = received
            .Select(message => JsonNode.Parse(message.Text)!.AsObject()).ToArray();
        Assert.Equal(ids, envelopes.Select(envelope => (string?)envelope["MessageId"]));
        Assert.All(envelopes, envelope => Assert.True((bool)envelope["Replayed"]!));
        var attributes = (await aws.SnsAsync(
            "GetSubscriptionAttributes", new() { ["SubscriptionArn"] = subscription }))["Attributes"]!;
        Assert.Contains((string?)attributes["ReplayStatus"], (string[])["In progress", "Completed"]);
        Assert.Equal("7", (string?)JsonNode.Parse((string)(await aws.SnsAsync(
            "GetTopicAttributes", new() { ["TopicArn"] = topic }))["Attributes"]!["ArchivePolicy"]!)![
            "MessageRetentionPeriod"]);
    }
}
