using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Sns;

/// <summary>Topics behind the same endpoint as the queues that they deliver to.</summary>
internal sealed class TestSns : IAsyncDisposable
{
    public const string Account = "000000000000";
    public const string Region = "us-east-1";

    public TestSqs Queues { get; } = new();

    public static string TopicArn(string topic) => $"arn:aws:sns:{Region}:{Account}:{topic}";

    public static string QueueArn(string queue) => $"arn:aws:sqs:{Region}:{Account}:{queue}";

    public static string QueueUrl(string queue) => $"http://{TestSqs.Host}/{Account}/{queue}";

    public async Task<SnsAnswer> CallAsync(SnsRequest request)
    {
        var context = await Queues.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(request.Form), "application/x-www-form-urlencoded");
        var body = ((MemoryStream)context.Response.Body).ToArray();
        Assert.Equal("text/xml", context.Response.ContentType);
        var root = XDocument.Parse(Encoding.UTF8.GetString(body)).Root!;
        return new SnsAnswer(context.Response.StatusCode, root, request.Operation);
    }

    /// <summary>Calls and expects success.</summary>
    public async Task<SnsAnswer> OkAsync(SnsRequest request)
    {
        var answer = await CallAsync(request);
        Assert.True(answer.Status == 200, $"{request.Operation}: {answer.Code}: {answer.Message}");
        Assert.Equal(request.Operation + "Response", answer.Root.Name.LocalName);
        return answer;
    }

    /// <summary>Calls and expects that error.</summary>
    public async Task<SnsAnswer> RefusedAsync(SnsRequest request, string code = "InvalidParameter", int status = 400)
    {
        var answer = await CallAsync(request);
        Assert.Equal((code, status), (answer.Code, answer.Status));
        return answer;
    }

    public async Task<string> CreateTopicAsync(string topic, params (string Key, string Value)[] attributes)
    {
        if (topic.EndsWith(".fifo", StringComparison.Ordinal)) attributes = [.. attributes, ("FifoTopic", "true")];
        var answer = await OkAsync(new SnsRequest("CreateTopic").Set("Name", topic).Attributes(attributes));
        return answer.Text("TopicArn")!;
    }

    /// <summary>Subscribes a queue and answers the subscription's ARN.</summary>
    public async Task<string> SubscribeAsync(
        string topic, string queue, params (string Key, string Value)[] attributes) =>
        (await OkAsync(Subscribe(topic, queue).Attributes(attributes))).Text("SubscriptionArn")!;

    /// <summary>Makes a queue and subscribes it.</summary>
    public async Task<string> AddQueueAsync(
        string topic, string queue, params (string Key, string Value)[] attributes)
    {
        await Queues.CreateAsync(queue);
        return await SubscribeAsync(topic, queue, attributes);
    }

    public static SnsRequest Subscribe(string topic, string queue) => new SnsRequest("Subscribe").Topic(topic)
        .Set("Protocol", "sqs").Set("Endpoint", QueueArn(queue)).Set("ReturnSubscriptionArn", "true");

    public static SnsRequest Publish(string topic, string message) =>
        new SnsRequest("Publish").Topic(topic).Set("Message", message);

    public static SnsRequest PublishFifo(string topic, string message, string group = "g", string? id = null)
    {
        var request = Publish(topic, message).Set("MessageGroupId", group);
        return id is null ? request : request.Set("MessageDeduplicationId", id);
    }

    public async Task<IReadOnlyDictionary<string, string>> AttributesAsync(string topic) =>
        (await OkAsync(new SnsRequest("GetTopicAttributes").Topic(topic))).Map("Attributes");

    public async Task<IReadOnlyDictionary<string, string>> SubscriptionAsync(string arn) =>
        (await OkAsync(new SnsRequest("GetSubscriptionAttributes").Set("SubscriptionArn", arn))).Map("Attributes");

    /// <summary>What lies in a queue, with its attributes.</summary>
    public async Task<IReadOnlyList<SqsAnswer>> ReceiveAsync(string queue) =>
        (await Queues.OkAsync(Wire.Json, new SqsRequest("ReceiveMessage").Set("QueueUrl", QueueUrl(queue))
            .Set("MaxNumberOfMessages", 10).Texts("AttributeNames", "AttributeName", "All")
            .Texts("MessageAttributeNames", "MessageAttributeName", "All"))).Items("Messages", "Message");

    /// <summary>The envelopes that lie in a queue.</summary>
    public async Task<IReadOnlyList<JsonObject>> EnvelopesAsync(string queue) =>
        [.. (await ReceiveAsync(queue)).Select(message => JsonNode.Parse(message.Text("Body")!)!.AsObject())];

    /// <summary>What was published, as the envelopes in a queue have it.</summary>
    public async Task<IEnumerable<string>> MessagesAsync(string queue) =>
        (await EnvelopesAsync(queue)).Select(envelope => envelope["Message"]!.GetValue<string>());

    public Task DeleteQueueAsync(string queue) =>
        Queues.OkAsync(Wire.Json, new SqsRequest("DeleteQueue").Set("QueueUrl", QueueUrl(queue)));

    public ValueTask DisposeAsync() => Queues.DisposeAsync();
}
