using System.Text.Json.Nodes;
using Weir.WireTests.Clients;

namespace Weir.WireTests.Topics;

/// <summary>What tests say about topics, in the words of the service model.</summary>
public static class TopicCalls
{
    public static Task<JsonObject> SnsAsync(this SqsClient client, string operation, JsonObject input) =>
        client.CallAsync($"sns.{operation}", input);

    public static async Task<string> CreateTopicAsync(
        this SqsClient client, string name, params (string Name, string Value)[] attributes)
    {
        var input = new JsonObject { ["Name"] = name };
        if (attributes.Length > 0) input["Attributes"] = QueueCalls.Map(attributes);
        return (string)(await client.SnsAsync("CreateTopic", input))["TopicArn"]!;
    }

    public static async Task<string> SubscribeAsync(
        this SqsClient client, string topic, string queueUrl, params (string Name, string Value)[] attributes)
    {
        var input = new JsonObject
        {
            ["TopicArn"] = topic, ["Protocol"] = "sqs", ["Endpoint"] = client.ArnOf(queueUrl),
        };
        if (attributes.Length > 0) input["Attributes"] = QueueCalls.Map(attributes);
        return (string)(await client.SnsAsync("Subscribe", input))["SubscriptionArn"]!;
    }

    public static Task<JsonObject> PublishAsync(
        this SqsClient client, string topic, string message, JsonObject? more = null)
    {
        var input = new JsonObject { ["TopicArn"] = topic, ["Message"] = message };
        foreach (var (name, value) in more ?? []) input[name] = value?.DeepClone();
        return client.SnsAsync("Publish", input);
    }

    /// <summary>The envelope that a queue's next message is.</summary>
    public static async Task<JsonObject> ReceiveEnvelopeAsync(this SqsClient client, string queue) =>
        JsonNode.Parse((await client.ReceiveOneAsync(queue)).Text)!.AsObject();
}
