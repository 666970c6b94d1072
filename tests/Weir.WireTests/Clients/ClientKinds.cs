using System.Text.Json.Nodes;

namespace Weir.WireTests.Clients;

/// <summary>
/// Calls one operation: input and output in the shapes and names of the service model. An operation of another service
/// than SQS has its name before it: <c>sns.Publish</c>.
/// </summary>
public delegate Task<JsonObject> SqsCall(string operation, JsonObject input, CancellationToken cancellation);

/// <summary>The clients, in one table. What each speaks is its own choice; Weir has to tell them apart.</summary>
public static class ClientKinds
{
    public const string DotNet = "AWSSDK.SQS";
    public const string Boto3 = "boto3";
    public const string CommandLine = "aws";
    public const string Node = "@aws-sdk/client-sqs";

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        [DotNet] = new(SpeaksJson: true, (connection, _) => DotNetClient.Connect(connection)),
        [Boto3] = new(SpeaksJson: false, (connection, processes) => processes.Python.For(connection)),
        [CommandLine] = new(SpeaksJson: false, (connection, _) => new CommandLineClient(connection).CallAsync),
        [Node] = new(SpeaksJson: true, (connection, processes) => processes.Node.For(connection)),
    };

    public static SqsClient Connect(Connection connection, ClientProcesses processes)
    {
        var kind = Kinds[connection.Kind];
        return new SqsClient(connection, kind.SpeaksJson, kind.Connect(connection, processes));
    }

    private sealed record Kind(bool SpeaksJson, Func<Connection, ClientProcesses, SqsCall> Connect);
}
