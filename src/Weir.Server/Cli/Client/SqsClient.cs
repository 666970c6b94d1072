using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Client;

/// <summary>A small SQS client: AWS JSON 1.0, signed.</summary>
internal sealed class SqsClient(Uri endpoint, ClientCredentials credentials, TimeProvider time) : IDisposable
{
    private readonly SignedHttp _http = new(endpoint, credentials, "sqs", time);

    /// <exception cref="CommandFailure">The server refused, or is not there.</exception>
    public Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancelled) =>
        _http.SendAsync(HttpMethod.Post, "/", Encoding.UTF8.GetBytes(input.ToJsonString()), new HeaderDictionary
        {
            ["Content-Type"] = "application/x-amz-json-1.0", ["X-Amz-Target"] = $"AmazonSQS.{operation}",
        }, cancelled);

    public void Dispose() => _http.Dispose();
}
