using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Weir.Broker.Tenants;
using Weir.Journal;
using Weir.Server.Cli.Client;
using Weir.Server.Hosting;
using Weir.Server.Options;

namespace Weir.Tests.Server;

/// <summary>The real server on a free port, with a data directory of its own that goes when it goes.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly bool _ownsDirectory;

    private RunningServer(WeirServer server, string directory, bool ownsDirectory)
    {
        Server = server;
        Directory = directory;
        _ownsDirectory = ownsDirectory;
        Http = new HttpClient { BaseAddress = new Uri(server.Endpoint) };
    }

    public WeirServer Server { get; }

    public string Directory { get; }

    public HttpClient Http { get; }

    public static AccessKey Key { get; } = new("AKIDEXAMPLE", "secret", "123456789012");

    public static ServerOptions Options(string directory) => new() { Port = 0, Data = directory };

    public static ServerOptions WithKey(ServerOptions options) =>
        options with { Keys = new Dictionary<string, AccessKey> { [Key.Id] = Key } };

    /// <param name="change">What is different from the standard options.</param>
    /// <param name="directory">An existing data directory, which stays; null: one of its own.</param>
    /// <param name="disk">Null: the real one.</param>
    public static async Task<RunningServer> StartAsync(
        Func<ServerOptions, ServerOptions>? change = null, string? directory = null, IDisk? disk = null)
    {
        var data = directory ?? NewDirectory();
        var options = Options(data);
        var server = await WeirServer.StartAsync(
            change is null ? options : change(options), TimeProvider.System, disk ?? new FileDisk());
        return new RunningServer(server, data, ownsDirectory: directory is null);
    }

    public static string NewDirectory() =>
        System.IO.Directory.CreateTempSubdirectory("weir-server-").FullName;

    public SqsClient Sqs(string accessKeyId = "test", string secret = "test") => new(
        new Uri(Server.Endpoint),
        new ClientCredentials(accessKeyId, secret, SessionToken: null, "us-east-1"),
        TimeProvider.System);

    public async Task<JsonObject> GetAsync(string path) =>
        (await (await Http.GetAsync(path)).Content.ReadFromJsonAsync<JsonObject>())!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        if (_ownsDirectory && System.IO.Directory.Exists(Directory)) System.IO.Directory.Delete(Directory, true);
    }
}
