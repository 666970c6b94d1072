using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Client;

/// <summary>Calls Weir's own API, signed.</summary>
internal sealed class RestClient(Uri endpoint, ClientCredentials credentials, TimeProvider time) : IDisposable
{
    private const string Root = "/_weir/";

    private readonly SignedHttp _http = new(endpoint, credentials, "weir", time);

    /// <param name="path">Behind the root of the API, with its query.</param>
    /// <param name="input">Null: no body.</param>
    /// <param name="prefer">How the answer is wanted; null: as it comes.</param>
    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public Task<JsonObject> SendAsync(
        HttpMethod method, string path, JsonObject? input, CancellationToken cancelled, string? prefer = null)
    {
        var headers = new HeaderDictionary();
        if (prefer is not null) headers["Prefer"] = prefer;
        if (input is not null) headers["Content-Type"] = "application/json";
        var body = input is null ? [] : Encoding.UTF8.GetBytes(input.ToJsonString());
        return _http.SendAsync(method, Root + path, body, headers, cancelled);
    }

    /// <summary>Sends text and gets text.</summary>
    /// <param name="headers">Beside those of every request.</param>
    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public Task<string> SendTextAsync(
        HttpMethod method, string path, string text, HeaderDictionary headers, CancellationToken cancelled) =>
        _http.SendForTextAsync(method, Root + path, Encoding.UTF8.GetBytes(text), headers, cancelled);

    public void Dispose() => _http.Dispose();
}
