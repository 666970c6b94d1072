using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Weir.Broker.Schedules;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Scheduler;

/// <summary>The endpoint, asked as a client of Scheduler asks it, with a clock that the test moves.</summary>
internal sealed class TestScheduler : IAsyncDisposable
{
    public const string Prefix = "arn:aws:scheduler:us-east-1:000000000000:";
    public const string QueuePrefix = "arn:aws:sqs:us-east-1:000000000000:";
    public const string TopicPrefix = "arn:aws:sns:us-east-1:000000000000:";
    public const string BusPrefix = "arn:aws:events:us-east-1:000000000000:event-bus/";
    public const string Role = "arn:aws:iam::000000000000:role/r";

    public TestScheduler() => Clock = Sqs.StartSchedules();

    public TestSqs Sqs { get; } = new();

    public ScheduleClock Clock { get; private set; }

    public async Task<JsonObject> OkAsync(string method, string path, JsonObject? input = null)
    {
        var (status, answer, _) = await CallAsync(method, path, input);
        Assert.True(status == 200, $"{path}: {answer}");
        return answer;
    }

    /// <summary>Calls and expects that error; answers its message.</summary>
    public async Task<string> RefusedAsync(
        string method, string path, int status, string code, JsonObject? input = null)
    {
        var (actual, answer, shape) = await CallAsync(method, path, input);
        Assert.True((status, code) == (actual, shape), $"{path}: {actual} {answer}");
        return answer["message"]!.GetValue<string>();
    }

    /// <summary>A schedule that sends to a queue of its own name, which is made.</summary>
    public async Task<JsonObject> ScheduleAsync(string name, string expression, JsonObject? more = null)
    {
        await Sqs.CreateAsync(name);
        return await OkAsync("POST", $"/schedules/{name}", Input(name, expression, more));
    }

    public static JsonObject Input(string queue, string expression, JsonObject? more = null)
    {
        var input = new JsonObject
        {
            ["ScheduleExpression"] = expression,
            ["FlexibleTimeWindow"] = new JsonObject { ["Mode"] = "OFF" },
            ["Target"] = Target($"{QueuePrefix}{queue}"),
        };
        foreach (var (member, value) in more ?? []) input[member] = value?.DeepClone();
        return input;
    }

    public static JsonObject Target(string arn, string? input = "hello", JsonObject? more = null)
    {
        var target = new JsonObject { ["Arn"] = arn, ["RoleArn"] = Role };
        if (input is not null) target["Input"] = input;
        foreach (var (member, value) in more ?? []) target[member] = value?.DeepClone();
        return target;
    }

    /// <summary>A topic t with a queue t, and a rule for events of the shop with a queue e.</summary>
    public async Task ShopAsync()
    {
        await Sqs.CreateAsync("t");
        await Sqs.CreateAsync("e");
        await Sqs.QueryAsync("Action=CreateTopic&Version=2010-03-31&Name=t");
        await Sqs.QueryAsync($"Action=Subscribe&Version=2010-03-31&TopicArn={TopicPrefix}t&Protocol=sqs"
            + $"&Endpoint={QueuePrefix}t&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true");
        await EventsAsync("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"shop\"]}"}""");
        await EventsAsync("PutTargets", $$"""{"Rule":"r","Targets":[{"Id":"e","Arn":"{{QueuePrefix}}e"}]}""");
    }

    /// <summary>Lets time pass, and all be done that is due then.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Sqs.Broker.Time.Advance(time);
        await Clock.WhenIdleAsync();
    }

    /// <summary>Ends the server, lets time pass, and starts it again on the same disk.</summary>
    public async Task RestartAsync(TimeSpan downFor = default)
    {
        await Clock.DisposeAsync();
        Sqs.Broker.Time.Advance(downFor);
        await Sqs.RestartAsync();
        Clock = Sqs.StartSchedules();
        await Clock.WhenIdleAsync();
    }

    /// <summary>The bodies of the messages in a queue, which are leased then.</summary>
    public async Task<IReadOnlyList<string>> BodiesAsync(string queue) =>
        [.. (await Sqs.ReceiveAsync(UrlOf(queue))).Select(message => message.Text("Body")!)];

    /// <summary>The only message in a queue and its attributes.</summary>
    public async Task<(string Body, IReadOnlyDictionary<string, string> Attributes)> LetterAsync(string queue)
    {
        var answer = await Sqs.JsonAsync(
            "ReceiveMessage", $$"""{"QueueUrl":"{{UrlOf(queue)}}","MessageAttributeNames":["All"]}""");
        var message = Assert.Single(answer.Items("Messages", "Message"));
        return (message.Text("Body")!, message.Structures("MessageAttributes", "MessageAttribute").ToDictionary(
            pair => pair.Key, pair => pair.Value.Text("StringValue")!));
    }

    public Task DeleteQueueAsync(string queue) =>
        Sqs.OkAsync(Wire.Json, new SqsRequest("DeleteQueue").Set("QueueUrl", UrlOf(queue)));

    public static string UrlOf(string queue) => $"http://{TestSqs.Host}/000000000000/{queue}";

    public async ValueTask DisposeAsync()
    {
        await Clock.DisposeAsync();
        await Sqs.DisposeAsync();
    }

    private async Task EventsAsync(string operation, string json)
    {
        var context = await Sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(json), "application/x-amz-json-1.1", $"AWSEvents.{operation}");
        Assert.Equal(200, context.Response.StatusCode);
    }

    private async Task<(int Status, JsonObject Answer, string Shape)> CallAsync(
        string method, string path, JsonObject? input)
    {
        var body = Encoding.UTF8.GetBytes(input?.ToJsonString() ?? "");
        var context = await Sqs.SendAsync(
            method, path, body, "application/json",
            prepare: request =>
            {
                request.Features.Get<IHttpRequestFeature>()!.RawTarget = path;
                request.Request.Headers.Authorization = "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/scheduler/"
                    + "aws4_request, SignedHeaders=host, Signature=anything";
            });
        Assert.Equal("application/json", context.Response.ContentType);
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        var shape = context.Response.Headers["x-amzn-errortype"].ToString();
        return (context.Response.StatusCode, JsonNode.Parse(text)!.AsObject(), shape);
    }
}
