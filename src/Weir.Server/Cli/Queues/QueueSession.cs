using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary>One run of a queue command.</summary>
internal sealed class QueueSession : Session, IDisposable
{
    private readonly RestClient _rest;

    public QueueSession(ParseResult parsed, CancellationToken cancelled)
        : base(parsed, cancelled)
    {
        var (endpoint, credentials) =
            (parsed.GetRequiredValue(ServerAddress.Endpoint), ClientCredentials.From(parsed));
        Client = new SqsClient(endpoint, credentials, Time);
        _rest = new RestClient(endpoint, credentials, Time);
    }

    public SqsClient Client { get; }

    /// <summary>Asks Weir's own API of a queue of the caller's.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="path">Behind the queue's path.</param>
    public Task<JsonObject> AskAsync(HttpMethod method, string queue, string path, JsonObject? input = null) =>
        queue.Contains(':', StringComparison.Ordinal)
            ? throw new CommandFailure(ExitCodes.Usage, $"Give the queue by its name, not as {queue}.")
            : _rest.SendAsync(method, $"queues/{queue}/{path}", input, Cancelled);

    public string Queue(Argument<string> argument) => Parsed.GetRequiredValue(argument);

    public Task<string> FindUrlAsync(Argument<string> argument) =>
        Client.FindUrlAsync(Parsed.GetRequiredValue(argument), Cancelled);

    public Task<JsonObject> CallAsync(string operation, JsonObject input) =>
        Client.CallAsync(operation, input, Cancelled);

    public void Dispose()
    {
        Client.Dispose();
        _rest.Dispose();
    }
}
