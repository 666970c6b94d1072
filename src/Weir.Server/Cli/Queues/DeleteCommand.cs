using System.CommandLine;
using System.Text.Json.Nodes;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue delete</c>.</summary>
internal static class DeleteCommand
{
    private static readonly Argument<string> Queue = QueueCommand.QueueArgument();

    public static Command Build()
    {
        var command = new Command("delete", """
            Delete a queue with all its messages.

            Example:
              weir queue delete orders --yes
            """) { Queue, Confirmation.Yes };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var url = await session.FindUrlAsync(Queue);
        if (!Confirmation.IsGiven(session, $"Delete {session.Queue(Queue)} and every message in it?"))
            return ExitCodes.Refused;
        await session.CallAsync("DeleteQueue", new JsonObject { ["QueueUrl"] = url });
        session.Write(new JsonObject { ["deleted"] = url }, $"Deleted {url}");
        return ExitCodes.Done;
    }
}
