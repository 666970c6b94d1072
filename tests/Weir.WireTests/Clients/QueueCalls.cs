using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>What tests say about queues, in the words of the service model.</summary>
public static class QueueCalls
{
    public static Task<string> CreateAsync(
        this SqsClient sqs, string name, params (string Name, string Value)[] attributes) =>
        sqs.CreateAsync(name, [], attributes);

    public static async Task<string> CreateAsync(
        this SqsClient sqs, string name, JsonObject tags, params (string Name, string Value)[] attributes)
    {
        var input = new JsonObject { ["QueueName"] = name };
        if (attributes.Length > 0) input["Attributes"] = Map(attributes);
        if (tags.Count > 0) input["tags"] = tags;
        return (string)(await sqs.CallAsync("CreateQueue", input))["QueueUrl"]!;
    }

    public static Task<string> CreateFifoAsync(
        this SqsClient sqs, string name, params (string Name, string Value)[] attributes) =>
        sqs.CreateAsync(name, [("FifoQueue", "true"), .. attributes]);

    public static async Task<JsonObject> AttributesAsync(this SqsClient sqs, string queue, params string[] names)
    {
        var input = new JsonObject { ["QueueUrl"] = queue };
        input["AttributeNames"] = Texts(names.Length == 0 ? ["All"] : names);
        return (await sqs.CallAsync("GetQueueAttributes", input))["Attributes"] as JsonObject ?? [];
    }

    /// <summary>The three counters: visible, in flight, delayed.</summary>
    public static async Task<(int Visible, int InFlight, int Delayed)> CountersAsync(this SqsClient sqs, string queue)
    {
        const string Visible = "ApproximateNumberOfMessages";
        const string InFlight = "ApproximateNumberOfMessagesNotVisible";
        const string Delayed = "ApproximateNumberOfMessagesDelayed";
        var counters = await sqs.AttributesAsync(queue, Visible, InFlight, Delayed);
        return (Number(Visible), Number(InFlight), Number(Delayed));

        int Number(string name) => int.Parse((string)counters[name]!, CultureInfo.InvariantCulture);
    }

    public static Task SetAsync(this SqsClient sqs, string queue, params (string Name, string Value)[] attributes) =>
        sqs.CallAsync("SetQueueAttributes", new() { ["QueueUrl"] = queue, ["Attributes"] = Map(attributes) });

    /// <summary>The names of a list of queue URLs, in the order given.</summary>
    public static string[] QueueNames(this JsonObject answer) =>
        [.. Urls(answer).Select(url => url[(url.LastIndexOf('/') + 1)..])];

    public static string Redrive(string deadLetterArn, int receivesMax) => JsonSerializer.Serialize(
        new { deadLetterTargetArn = deadLetterArn, maxReceiveCount = receivesMax });

    public static JsonObject Map(params (string Name, string Value)[] pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)));

    public static JsonArray Texts(params string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static IEnumerable<string> Urls(JsonObject answer) =>
        (answer["QueueUrls"] as JsonArray ?? []).Select(url => (string)url!);
}
