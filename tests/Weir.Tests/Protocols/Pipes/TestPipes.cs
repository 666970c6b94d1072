using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Weir.Broker.Delivery;
using Weir.Broker.Pipes;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Pipes;

/// <summary>The endpoint, asked as a client of Pipes asks it.</summary>
internal sealed class TestPipes : IAsyncDisposable
{
    public const string Prefix = "arn:aws:pipes:us-east-1:000000000000:pipe/";
    public const string QueuePrefix = "arn:aws:sqs:us-east-1:000000000000:";
    public const string Role = "arn:aws:iam::000000000000:role/r";

    private PushDispatcher? _push;
    private PipeRunner? _runner;

    public TestSqs Sqs { get; } = new();

    public void Start()
    {
        _push = Sqs.StartPush();
        _runner = Sqs.StartPipes(_push);
    }

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
        Assert.Equal((status, code), (actual, shape));
        return answer["message"]!.GetValue<string>();
    }

    /// <summary>Calls an operation of EventBridge and expects success.</summary>
    public async Task<JsonObject> EventsAsync(string operation, JsonObject input)
    {
        var context = await Sqs.SendAsync(
            "POST", "/", Encoding.UTF8.GetBytes(input.ToJsonString()), "application/x-amz-json-1.1",
            $"AWSEvents.{operation}");
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        Assert.True(context.Response.StatusCode == 200, $"{operation}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>A pipe between two queues, which are made.</summary>
    public async Task<JsonObject> PipeAsync(string name, JsonObject? more = null)
    {
        await Sqs.CreateAsync($"{name}-from");
        await Sqs.CreateAsync($"{name}-to");
        return await OkAsync("POST", $"/v1/pipes/{name}", Input(name, more));
    }

    public static JsonObject Input(string name, JsonObject? more = null)
    {
        var input = new JsonObject
        {
            ["Source"] = $"{QueuePrefix}{name}-from", ["Target"] = $"{QueuePrefix}{name}-to", ["RoleArn"] = Role,
        };
        foreach (var (member, value) in more ?? []) input[member] = value?.DeepClone();
        return input;
    }

    public async ValueTask DisposeAsync()
    {
        if (_runner is not null) await _runner.DisposeAsync();
        if (_push is not null) await _push.DisposeAsync();
        await Sqs.DisposeAsync();
    }

    private async Task<(int Status, JsonObject Answer, string Shape)> CallAsync(
        string method, string path, JsonObject? input)
    {
        var body = Encoding.UTF8.GetBytes(input?.ToJsonString() ?? "");
        var context = await Sqs.SendAsync(
            method, path, body, "application/json",
            prepare: request => request.Features.Get<IHttpRequestFeature>()!.RawTarget = path);
        Assert.Equal("application/json", context.Response.ContentType);
        var text = Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
        var shape = context.Response.Headers["x-amzn-errortype"].ToString();
        return (context.Response.StatusCode, JsonNode.Parse(text)!.AsObject(), shape);
    }
}
