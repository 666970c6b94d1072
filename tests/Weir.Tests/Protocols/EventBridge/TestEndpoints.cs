using Weir.Broker.Delivery;
using Weir.Tests.Delivery;
using Xunit;

namespace Weir.Tests.Protocols.EventBridge;

/// <summary>Events, and an endpoint on a real socket that rules call; the clock is the test's.</summary>
internal sealed class TestEndpoints : IAsyncDisposable
{
    public const string Basic = """{"BasicAuthParameters":{"Username":"ann","Password":"pa55-secret"}}""";

    private TestEndpoints(HttpReceiver receiver)
    {
        Receiver = receiver;
        Push = Events.Sqs.StartPush();
    }

    public TestEvents Events { get; } = new();

    public HttpReceiver Receiver { get; }

    public PushDispatcher Push { get; private set; }

    public static async Task<TestEndpoints> StartAsync() => new(await HttpReceiver.StartAsync());

    /// <summary>A connection; answers its ARN.</summary>
    public async Task<string> ConnectAsync(string name = "c", string type = "BASIC", string auth = Basic) =>
        (await Events.OkAsync("CreateConnection", Connection(name, type, auth)))["ConnectionArn"]!.GetValue<string>();

    public static string Connection(string name, string type, string auth) =>
        $$"""{"Name":"{{name}}","AuthorizationType":"{{type}}","AuthParameters":{{auth}}}""";

    /// <summary>An API destination at a path of the receiver; answers its ARN.</summary>
    public async Task<string> DestinationAsync(
        string connection, string name = "d", string path = "hook", string more = "", string method = "POST") =>
        (await Events.OkAsync("CreateApiDestination", Destination(connection, name, path, more, method)))
        ["ApiDestinationArn"]!.GetValue<string>();

    public string Destination(
        string connection, string name = "d", string path = "hook", string more = "", string method = "POST") =>
        $$"""
        {"Name":"{{name}}","ConnectionArn":"{{connection}}","HttpMethod":"{{method}}",
         "InvocationEndpoint":"{{Receiver.Address}}{{path}}"{{more}}}
        """;

    /// <summary>A rule for all events of the shop that calls an API destination, with a dead-letter queue.</summary>
    public async Task RuleAsync(string destination, string more = "", string rule = "r")
    {
        await Events.QueueAsync("dead");
        await Events.RuleAsync(rule);
        await Events.TargetsAsync(rule, Target(destination, more));
    }

    public static string Target(string destination, string more = "") =>
        $$"""
        {"Id":"t","Arn":"{{destination}}","DeadLetterConfig":{"Arn":"{{TestEvents.QueuePrefix}}dead"}{{more}}}
        """;

    /// <summary>Ends once so many requests have come; answers all of them.</summary>
    public async Task<IReadOnlyList<ArrivedRequest>> ArrivedAsync(int count)
    {
        await PushScene.UntilAsync(() => Receiver.Arrived.Count >= count);
        return [.. Receiver.Arrived];
    }

    /// <summary>Moves the clock in steps until so many requests have come.</summary>
    public async Task<IReadOnlyList<ArrivedRequest>> ArrivedLaterAsync(int count)
    {
        while (Receiver.Arrived.Count < count)
        {
            for (var turn = 0; turn < 50; turn++) await Events.Sqs.AttributesAsync(DeadUrl);
            Events.Sqs.Broker.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return [.. Receiver.Arrived];
    }

    /// <summary>The attributes of the only dead letter, once there is one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DeadLetterAsync()
    {
        while ((await Events.Sqs.AttributesAsync(DeadUrl))["ApproximateNumberOfMessages"] == "0")
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return await Events.AttributesAsync("dead");
    }

    public async Task RestartAsync()
    {
        await Push.DisposeAsync();
        await Events.Sqs.RestartAsync();
        Push = Events.Sqs.StartPush();
    }

    /// <summary>Whether any file of the data directory has the text; spare segments come and go, and are empty.
    /// </summary>
    public async Task<bool> IsOnDiskAsync(string text)
    {
        await Push.DisposeAsync();
        var sought = System.Text.Encoding.UTF8.GetBytes(text);
        var files = Directory.GetFiles(Events.Sqs.Broker.DataDirectory)
            .Where(file => Path.GetExtension(file) is not ".lock" and not ".tmp");
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            if (bytes.AsSpan().IndexOf(sought) >= 0) return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await Push.DisposeAsync();
        await Receiver.DisposeAsync();
        await Events.DisposeAsync();
    }

    private static string DeadUrl => $"http://{Sqs.TestSqs.Host}/000000000000/dead";
}
