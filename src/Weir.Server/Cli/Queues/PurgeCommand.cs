using System.CommandLine;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue purge</c>.</summary>
internal static class PurgeCommand
{
    private static readonly Argument<string> Queue = QueueCommand.QueueArgument();

    public static Command Build()
    {
        var command = new Command("purge", """
            Delete every message of a queue; the queue stays. At most once a minute.

            Example:
              weir queue purge orders --yes
            """) { Queue, Confirmation.Yes };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var url = await session.FindUrlAsync(Queue);
        if (!Confirmation.IsGiven(session, $"Delete every message of {session.Queue(Queue)}?"))
            return ExitCodes.Refused;
        await session.CallAsync("PurgeQueue", new JsonObject { ["QueueUrl"] = url });
        session.Write(new JsonObject { ["purged"] = url }, $"Purged {url}");
        return ExitCodes.Done;
    }
}
