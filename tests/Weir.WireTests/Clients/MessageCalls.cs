using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>What tests say about messages, in the words of the service model.</summary>
public static class MessageCalls
{
    /// <summary>The longest that SQS lets a receive wait: a deadline, not a delay.</summary>
    public const int LongestWait = 20;

    public static Task<JsonObject> SendAsync(this SqsClient sqs, string queue, string body, JsonObject? more = null) =>
        sqs.CallAsync("SendMessage", new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = body }.With(more));

    /// <summary>Sends to a FIFO queue; without a deduplication id the queue takes the body for one.</summary>
    public static Task<JsonObject> SendAsync(
        this SqsClient sqs, string queue, string body, string group, string? deduplicationId = null)
    {
        var more = new JsonObject { ["MessageGroupId"] = group };
        if (deduplicationId is not null) more["MessageDeduplicationId"] = deduplicationId;
        return sqs.SendAsync(queue, body, more);
    }

    /// <summary>One batch; each entry has its index for its id unless it brings one.</summary>
    public static Task<JsonObject> SendBatchAsync(this SqsClient sqs, string queue, params JsonObject[] entries) =>
        sqs.BatchAsync("SendMessageBatch", queue, entries);

    public static Task<JsonObject> BatchAsync(
        this SqsClient sqs, string operation, string queue, params JsonObject[] entries)
    {
        for (var i = 0; i < entries.Length; i++) entries[i]["Id"] ??= $"{i}";
        return sqs.CallAsync(operation, new() { ["QueueUrl"] = queue, ["Entries"] = new JsonArray([.. entries]) });
    }

    /// <summary>One receive of up to ten with all attributes.</summary>
    public static async Task<IReadOnlyList<Received>> ReceiveAsync(
        this SqsClient sqs, string queue, int wait = 0, JsonObject? more = null)
    {
        var input = new JsonObject
        {
            ["QueueUrl"] = queue,
            ["MaxNumberOfMessages"] = 10,
            ["WaitTimeSeconds"] = wait,
            ["AttributeNames"] = QueueCalls.Texts("All"),
            ["MessageAttributeNames"] = QueueCalls.Texts("All"),
        };
        var answer = await sqs.CallAsync("ReceiveMessage", input.With(more));
        return [.. (answer["Messages"] as JsonArray ?? []).Select(message => new Received(message!.AsObject()))];
    }

    /// <summary>The one message there is, waiting for it if need be.</summary>
    public static async Task<Received> ReceiveOneAsync(this SqsClient sqs, string queue, JsonObject? more = null) =>
        Assert.Single(await sqs.ReceiveAsync(queue, LongestWait, more));

    /// <summary>Receives until there are as many messages as asked for.</summary>
    public static async Task<List<Received>> ReceiveManyAsync(this SqsClient sqs, string queue, int count)
    {
        var all = new List<Received>();
        while (all.Count < count)
        {
            var some = await sqs.ReceiveAsync(queue, LongestWait);
            Assert.True(some.Count > 0, $"{all.Count} of {count} messages came, then none for {LongestWait} s.");
            all.AddRange(some);
        }
        Assert.Equal(count, all.Count);
        return all;
    }

    public static async Task NothingIsReceivedAsync(this SqsClient sqs, string queue) =>
        Assert.Empty(await sqs.ReceiveAsync(queue));

    public static Task<JsonObject> DeleteAsync(this SqsClient sqs, string queue, Received message) =>
        sqs.CallAsync("DeleteMessage", new() { ["QueueUrl"] = queue, ["ReceiptHandle"] = message.Handle });

    public static Task ChangeVisibilityAsync(this SqsClient sqs, string queue, Received message, int seconds) =>
        sqs.CallAsync("ChangeMessageVisibility", new()
        {
            ["QueueUrl"] = queue,
            ["ReceiptHandle"] = message.Handle,
            ["VisibilityTimeout"] = seconds,
        });

    /// <summary>The ids in one half of a batch answer, in order of id.</summary>
    public static string[] Ids(this JsonObject answer, string half) =>
        [.. (answer[half] as JsonArray ?? []).Select(entry => (string)entry!["Id"]!).Order(StringComparer.Ordinal)];

    public static JsonObject With(this JsonObject input, JsonObject? more)
    {
        foreach (var (name, value) in more ?? []) input[name] = value?.DeepClone();
        return input;
    }
}
