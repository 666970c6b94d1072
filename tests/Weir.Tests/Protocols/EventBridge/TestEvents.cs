using System.Text;
using System.Text.Json.Nodes;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

/// <summary>The endpoint, asked as a client of EventBridge asks it; queues and topics are its targets.</summary>
internal sealed class TestEvents : IAsyncDisposable
{
    public const string Prefix = "arn:aws:events:us-east-1:000000000000:";
    public const string QueuePrefix = "arn:aws:sqs:us-east-1:000000000000:";
    public const string TopicPrefix = "arn:aws:sns:us-east-1:000000000000:";

    /// <summary>A pattern that all events match which <see cref="PutAsync"/> puts.</summary>
    public const string ShopPattern = """{"source":["shop"]}""";

    public TestSqs Sqs { get; } = new();

    public async Task<JsonObject> OkAsync(string operation, string json)
    {
        var (status, answer) = await CallAsync(operation, json);
        Assert.True(status == 200, $"{operation}: {answer}");
        return answer;
    }

    /// <summary>Calls and expects that error; answers its message.</summary>
    public async Task<string> RefusedAsync(string operation, string json, string code)
    {
        var (status, answer) = await CallAsync(operation, json);
        Assert.Equal((400, $"com.amazonaws.eventbridge#{code}"), (status, answer["__type"]?.GetValue<string>()));
        return answer["message"]!.GetValue<string>();
    }

    public Task QueueAsync(string name, params (string Key, string Value)[] attributes) =>
        Sqs.CreateAsync(name, attributes);

    /// <summary>A topic with a queue of the same name that gets its messages as they are.</summary>
    public async Task TopicAsync(string name)
    {
        await QueueAsync(name);
        Assert.Equal(200, (await Sqs.QueryAsync($"Action=CreateTopic&Version=2010-03-31&Name={name}")).Status);
        Assert.Equal(200, (await Sqs.QueryAsync($"Action=Subscribe&Version=2010-03-31&TopicArn={TopicPrefix}{name}"
            + $"&Protocol=sqs&Endpoint={QueuePrefix}{name}&Attributes.entry.1.key=RawMessageDelivery"
            + "&Attributes.entry.1.value=true")).Status);
    }

    public Task<JsonObject> BusAsync(string name) =>
        OkAsync("CreateEventBus", new JsonObject { ["Name"] = name }.ToJsonString());

    public Task<JsonObject> RuleAsync(string name, string pattern = ShopPattern, string bus = "default") =>
        OkAsync("PutRule", new JsonObject
        {
            ["Name"] = name, ["EventPattern"] = pattern, ["EventBusName"] = bus,
        }.ToJsonString());

    /// <summary>Puts targets, each the members of one, and expects that none fails.</summary>
    public async Task TargetsAsync(string rule, string targets, string bus = "default") => Assert.Equal(
        0, (await PutTargetsAsync(rule, targets, bus))["FailedEntryCount"]!.GetValue<int>());

    public Task<JsonObject> PutTargetsAsync(string rule, string targets, string bus = "default") =>
        OkAsync("PutTargets", new JsonObject
        {
            ["Rule"] = rule, ["EventBusName"] = bus, ["Targets"] = JsonNode.Parse($"[{targets}]"),
        }.ToJsonString());

    /// <summary>An archive of all events of a bus.</summary>
    public Task<JsonObject> ArchiveAsync(string name, string bus = "default", string? pattern = null) =>
        OkAsync("CreateArchive", new JsonObject
        {
            ["ArchiveName"] = name, ["EventSourceArn"] = $"{Prefix}event-bus/{bus}", ["EventPattern"] = pattern,
        }.ToJsonString());

    /// <summary>The members of a replay of an archive's whole first day.</summary>
    public static string Replay(string name, string archive = "all", string bus = "default", params string[] rules) =>
        new JsonObject
        {
            ["ReplayName"] = name,
            ["EventSourceArn"] = $"{Prefix}archive/{archive}",
            ["EventStartTime"] = 1_767_225_600,
            ["EventEndTime"] = 1_767_225_600 + (24 * 60 * 60),
            ["Destination"] = new JsonObject
            {
                ["Arn"] = $"{Prefix}event-bus/{bus}", ["FilterArns"] = new JsonArray([.. rules.Select(rule =>
                    JsonValue.Create(bus == "default" ? $"{Prefix}rule/{rule}" : $"{Prefix}rule/{bus}/{rule}"))]),
            },
        }.ToJsonString();

    /// <summary>A rule for all events of the shop, with a queue as its target.</summary>
    public async Task RouteAsync(string rule, string queue, string bus = "default")
    {
        await QueueAsync(queue);
        await RuleAsync(rule, bus: bus);
        await TargetsAsync(rule, Target(queue), bus);
    }

    public static string Target(string queue, string more = "") =>
        $$"""{"Id":"{{queue}}","Arn":"{{QueuePrefix}}{{queue}}"{{more}}}""";

    /// <summary>Puts one event and expects that it is taken.</summary>
    public async Task<string> PutAsync(string detail = "{}", string bus = "default")
    {
        var answer = await OkAsync("PutEvents", $$"""{"Entries":[{{Entry(detail, bus)}}]}""");
        Assert.Equal(0, answer["FailedEntryCount"]!.GetValue<int>());
        return answer["Entries"]![0]!["EventId"]!.GetValue<string>();
    }

    public static string Entry(string detail = "{}", string bus = "default", string source = "shop") =>
        new JsonObject
        {
            ["Source"] = source, ["DetailType"] = "Sold", ["Detail"] = detail, ["EventBusName"] = bus,
        }.ToJsonString();

    /// <summary>The bodies of the messages in a queue.</summary>
    public async Task<IReadOnlyList<string>> BodiesAsync(string queue) =>
        [.. (await Sqs.ReceiveAsync(UrlOf(queue))).Select(message => message.Text("Body")!)];

    /// <summary>The attributes of the only message in a queue.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AttributesAsync(string queue)
    {
        var answer = await Sqs.JsonAsync(
            "ReceiveMessage", $$"""{"QueueUrl":"{{UrlOf(queue)}}","MessageAttributeNames":["All"]}""");
        var message = Assert.Single(answer.Items("Messages", "Message"));
        return message.Structures("MessageAttributes", "MessageAttribute").ToDictionary(
            pair => pair.Key, pair => pair.Value.Text("StringValue")!);
    }

    public Task DeleteQueueAsync(string queue) =>
        Sqs.OkAsync(Wire.Json, new SqsRequest("DeleteQueue").Set("QueueUrl", UrlOf(queue)));

    public ValueTask DisposeAsync() => Sqs.DisposeAsync();

    private static string UrlOf(string queue) => $"http://{TestSqs.Host}/000000000000/{queue}";

    private async Task<(int Status, JsonObject Answer)> CallAsync(string operation, string json)
    {
        var context = await Sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(json), "application/x-amz-json-1.1", $"AWSEvents.{operation}");
        Assert.Equal("application/x-amz-json-1.1", context.Response.ContentType);
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        return (context.Response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }
}
