using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary>One run of a command for those who look after all tenants.</summary>
internal sealed class AdminSession : Session, IDisposable
{
    private readonly RestClient _client;

    public AdminSession(ParseResult parsed, CancellationToken cancelled)
        : base(parsed, cancelled) => _client = new RestClient(
            parsed.GetRequiredValue(ServerAddress.Endpoint), ClientCredentials.From(parsed).OrToken(), Time);

    public Task<JsonObject> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<JsonObject> PutAsync(string path, JsonObject input) => SendAsync(HttpMethod.Put, path, input);

    /// <summary>As <see cref="PutAsync"/>, without waiting for what takes long.</summary>
    public Task<JsonObject> BeginPutAsync(string path, JsonObject input) =>
        _client.SendAsync(HttpMethod.Put, $"admin/{path}", input, Cancelled, "respond-async");

    public Task<JsonObject> PostAsync(string path, JsonObject input) => SendAsync(HttpMethod.Post, path, input);

    public Task<string> SendTextAsync(HttpMethod method, string path, string text, HeaderDictionary headers) =>
        _client.SendTextAsync(method, $"admin/{path}", text, headers, Cancelled);

    public Task<JsonObject> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public void Dispose() => _client.Dispose();

    private Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? input) =>
        _client.SendAsync(method, $"admin/{path}", input, Cancelled);
}
