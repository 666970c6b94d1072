using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Delivery;
using Weir.Broker.Messages;
using Weir.Broker.Tenants;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Rest;
using Weir.Tests.Protocols.Sns;
using Weir.Tests.Protocols.Sqs;
using Xunit;

namespace Weir.Tests.Protocols.Rest;

/// <summary>
/// REST beside the Amazon protocols over one broker, driven without a socket. Each answer must be one that the OpenAPI
/// document has.
/// </summary>
internal sealed class TestRest : IAsyncDisposable
{
    public static readonly QueueName Orders = new("000000000000", "us-east-1", "orders");

    private readonly AwsOptions _options;
    private RestEndpoint _rest;

    public TestRest(AwsOptions? options = null)
    {
        _options = options ?? new AwsOptions();
        _rest = Open();
    }

    public RestEndpoint Endpoint => _rest;

    public TestSns Aws { get; } = new();

    public TestSqs Queues => Aws.Queues;

    public Task<RestReply> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync("POST", path, Encoding.UTF8.GetBytes(body), headers);

    public Task<RestReply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, [], headers);

    public async Task<RestReply> SendAsync(
        string method, string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(TestSqs.Host);
        var question = path.IndexOf('?', StringComparison.Ordinal);
        if (question >= 0)
        {
            context.Request.QueryString = new QueryString(path[question..]);
            path = path[..question];
        }

        context.Request.Path = path;
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        foreach (var (name, value) in headers) context.Request.Headers[name] = value;
        context.Response.Body = new MemoryStream();
        Assert.True(RestEndpoint.Serves(context.Request.Path.Value!), path);
        await _rest.HandleAsync(context);
        var reply = new RestReply(
            context.Response.StatusCode,
            context.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            ((MemoryStream)context.Response.Body).ToArray());
        AssertDescribed(method, context.Request.Path.Value!, reply.Status);
        return reply;
    }

    /// <summary>Receives one message, leased for the queue's time.</summary>
    public async Task<ReceivedMessage> ReceiveAsync(string queue = "orders")
    {
        var outcome = await Queues.Broker.ReceiveAsync(Orders with { Name = queue }, max: 1);
        return Assert.Single(outcome.Value);
    }

    public Task DeleteAsync(ReceivedMessage message) => Queues.Broker.Broker.ExecuteAsync(
        new DeleteCommand(Orders, [message.Lease.Receipt.ToString()])).AsTask();

    /// <summary>Lets time pass until the latest move out of a queue is over.</summary>
    public async Task<JsonNode> EndOfMoveAsync(string queue)
    {
        while (true)
        {
            Queues.Broker.Time.Advance(TimeSpan.FromSeconds(1));
            var moves = await GetAsync($"/_weir/queues/{queue}/moves");
            if (moves.Json["moves"]![0]! is var latest && (string?)latest["state"] != "running") return latest;
        }
    }

    public static string? Attribute(ReceivedMessage message, string name) => message.Content.Attributes
        .Where(attribute => attribute.Name == name)
        .Select(attribute => Encoding.UTF8.GetString(attribute.Value.Span))
        .SingleOrDefault();

    /// <summary>Ends the broker and starts another on the same disk.</summary>
    public async Task RestartAsync()
    {
        await Queues.RestartAsync();
        _rest = Open();
    }

    /// <summary>Pushes what webhooks are for, from now on; to be disposed of before the rest.</summary>
    public PushDispatcher StartWebhooks()
    {
        var push = Queues.StartPush();
        _rest.StartWebhooks(push);
        return push;
    }

    public Task<RestReply> PutAsync(string path, string body) => SendAsync("PUT", path, Encoding.UTF8.GetBytes(body));

    public Task<RestReply> DeleteAsync(string path) => SendAsync("DELETE", path, []);

    public ValueTask DisposeAsync() => Aws.DisposeAsync();

    /// <summary>The document's paths, methods and statuses.</summary>
    public static IReadOnlyDictionary<(string Path, string Method), int[]> Described()
    {
        using var resource = typeof(RestEndpoint).Assembly
            .GetManifestResourceStream("Weir.Protocols.Rest.openapi.json")!;
        return (
            from path in JsonNode.Parse(resource)!["paths"]!.AsObject()
            from method in path.Value!.AsObject()
            select (Key: (path.Key, method.Key.ToUpperInvariant()), method.Value)).ToDictionary(
                found => found.Key,
                found => found.Value!["responses"]!.AsObject().Select(answer => int.Parse(
                    answer.Key, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
    }

    private static void AssertDescribed(string method, string path, int status)
    {
        if (status == 405) return;
        var parts = path.Split('/');
        var found = Described().Where(described => described.Key.Method == method
            && described.Key.Path.Split('/') is var template && template.Length == parts.Length
            && template.Zip(parts).All(pair => pair.First == pair.Second || pair.First == "{name}")).ToArray();
        if (found.Length == 0) Assert.Equal(404, status);
        else Assert.Contains(status, found[0].Value);
    }

    private RestEndpoint Open() => new(
        Queues.Broker.Broker, Queues.Endpoint, _options,
        new Authenticator(
            _options, new KeyRing(Queues.Broker.Broker, _options.Keys, NullLogger<KeyRing>.Instance),
            Queues.Broker.Time),
        NullLogger<RestEndpoint>.Instance);
}
