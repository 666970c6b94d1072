using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary>One run of a queue command.</summary>
internal sealed class QueueSession : Session, IDisposable
{
    public QueueSession(ParseResult parsed, CancellationToken cancelled)
        : base(parsed, cancelled) => Client = new SqsClient(
            parsed.GetRequiredValue(ServerAddress.Endpoint), ClientCredentials.From(parsed), Time);

    public SqsClient Client { get; }

    public string Queue(Argument<string> argument) => Parsed.GetRequiredValue(argument);

    public Task<string> FindUrlAsync(Argument<string> argument) =>
        Client.FindUrlAsync(Parsed.GetRequiredValue(argument), Cancelled);

    public Task<JsonObject> CallAsync(string operation, JsonObject input) =>
        Client.CallAsync(operation, input, Cancelled);

    public void Dispose() => Client.Dispose();
}
