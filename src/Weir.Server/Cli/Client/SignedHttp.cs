using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Server.Cli.Client;

/// <summary>
/// Signed requests with JSON in them, one at a time. The command line talks to the server as everybody else does, so
/// what it can do needs no way in of its own.
/// </summary>
internal sealed class SignedHttp(Uri endpoint, ClientCredentials credentials, string service, TimeProvider time)
    : IDisposable
{
    // A receive waits up to 20 seconds on the server.
    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(60) };

    private readonly SigV4Signer _signer =
        new(credentials.AccessKeyId, credentials.Secret, credentials.Region, service)
        {
            SessionToken = credentials.SessionToken,
        };

    /// <param name="headers">Signed with the rest; Content-Type among them.</param>
    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public async Task<JsonObject> SendAsync(
        HttpMethod method, string target, byte[] body, HeaderDictionary headers, CancellationToken cancelled) =>
        Parse(await SendForTextAsync(method, target, body, headers, cancelled));

    /// <summary>The answer as it came.</summary>
    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public async Task<string> SendForTextAsync(
        HttpMethod method, string target, byte[] body, HeaderDictionary headers, CancellationToken cancelled)
    {
        headers["Host"] = endpoint.IsDefaultPort ? endpoint.Host : endpoint.Authority;
        if (credentials.BearerToken is { } token) headers["Authorization"] = $"Bearer {token}";
        else _signer.Sign(method.Method, target, headers, body, time.GetUtcNow());
        using var request = new HttpRequestMessage(method, target);
        if (body.Length > 0) request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (name != "Content-Type") request.Headers.TryAddWithoutValidation(name, value.ToString());
            else if (request.Content is { } content) content.Headers.ContentType = MediaTypeHeaderValue.Parse(value!);
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancelled);
            var text = await answer.Content.ReadAsStringAsync(cancelled);
            return answer.IsSuccessStatusCode ? text : throw Refused(answer, text);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailure(
                ExitCodes.Unavailable,
                $"{endpoint} cannot be reached: {failure.Message} Is it running (weir serve), is --endpoint right?");
        }
        catch (TaskCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new CommandFailure(ExitCodes.Unavailable, $"{endpoint} did not answer within {_http.Timeout}.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static CommandFailure Refused(HttpResponseMessage answer, string text)
    {
        var code = answer.StatusCode.ToString();
        var message = text;
        JsonObject? said = null;
        try
        {
            if (JsonNode.Parse(text) is JsonObject error)
            {
                said = error;
                code = (error["__type"] ?? error["type"])?.ToString().Split('#', ':')[^1] ?? code;
                message = (error["message"] ?? error["Message"] ?? error["detail"] ?? error["reason"])?.ToString()
                    ?? "";
            }
        }
        catch (JsonException)
        {
            // Not Weir's words, so they are shown as they are.
        }

        return new CommandFailure(ExitCodes.Refused, $"{code}: {message}") { Answer = said };
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            throw new CommandFailure(ExitCodes.Unavailable, "What answers there does not speak JSON: is it a Weir?");
        }
    }
}
