using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary>One run of a command for those who look after all tenants.</summary>
internal sealed class AdminSession : Session, IDisposable
{
    private readonly AdminClient _client;

    public AdminSession(ParseResult parsed, CancellationToken cancelled)
        : base(parsed, cancelled) => _client = new AdminClient(
            parsed.GetRequiredValue(ServerAddress.Endpoint), ClientCredentials.From(parsed), Time);

    public Task<JsonObject> GetAsync(string path) => _client.SendAsync(HttpMethod.Get, path, null, Cancelled);

    public Task<JsonObject> PutAsync(string path, JsonObject input) =>
        _client.SendAsync(HttpMethod.Put, path, input, Cancelled);

    public Task<JsonObject> PostAsync(string path, JsonObject input) =>
        _client.SendAsync(HttpMethod.Post, path, input, Cancelled);

    public Task<string> SendTextAsync(HttpMethod method, string path, string text, HeaderDictionary headers) =>
        _client.SendTextAsync(method, path, text, headers, Cancelled);

    public Task<JsonObject> DeleteAsync(string path) => _client.SendAsync(HttpMethod.Delete, path, null, Cancelled);

    public void Dispose() => _client.Dispose();
}
