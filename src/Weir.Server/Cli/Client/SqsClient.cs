using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Protocols.Aws.SigV4;

namespace Weir.Server.Cli.Client;

/// <summary>
/// A small SQS client: AWS JSON 1.0, signed, one request at a time. The command line talks to the server as everybody
/// else does, so what it can do needs no way in of its own.
/// </summary>
internal sealed class SqsClient(Uri endpoint, ClientCredentials credentials, TimeProvider time) : IDisposable
{
    // A receive waits up to 20 seconds on the server.
    private readonly HttpClient _http = new() { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(60) };

    private readonly SigV4Signer _signer =
        new(credentials.AccessKeyId, credentials.Secret, credentials.Region, "sqs")
        {
            SessionToken = credentials.SessionToken,
        };

    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancelled)
    {
        var body = Encoding.UTF8.GetBytes(input.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in Sign(operation, body))
        {
            if (name == "Content-Type") request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value!);
            else request.Headers.TryAddWithoutValidation(name, value.ToString());
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancelled);
            var text = await answer.Content.ReadAsStringAsync(cancelled);
            return answer.IsSuccessStatusCode ? Parse(text) : throw Refused(answer, text);
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

    private HeaderDictionary Sign(string operation, byte[] body)
    {
        var headers = new HeaderDictionary
        {
            ["Host"] = endpoint.IsDefaultPort ? endpoint.Host : endpoint.Authority,
            ["Content-Type"] = "application/x-amz-json-1.0",
            ["X-Amz-Target"] = $"AmazonSQS.{operation}",
        };
        _signer.Sign("POST", "/", headers, body, time.GetUtcNow());
        return headers;
    }

    private static CommandFailure Refused(HttpResponseMessage answer, string text)
    {
        var code = answer.StatusCode.ToString();
        var message = text;
        try
        {
            if (JsonNode.Parse(text) is JsonObject error)
            {
                code = error["__type"]?.ToString().Split('#')[^1] ?? code;
                message = (error["message"] ?? error["Message"] ?? error["reason"])?.ToString() ?? "";
            }
        }
        catch (JsonException)
        {
            // Not Weir's words, so they are shown as they are.
        }

        return new CommandFailure(ExitCodes.Refused, $"{code}: {message}");
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
