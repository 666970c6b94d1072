using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue dead-letters</c>: what the messages of a dead-letter queue failed of.</summary>
internal static class DeadLettersCommand
{
    private static readonly Argument<string> Queue = QueueCommand.QueueArgument("The dead-letter queue's name.");

    public static Command Build()
    {
        var command = new Command("dead-letters", """
            Show what the messages of a dead-letter queue failed of, in groups, the largest first. What is shown as
            "where" chooses one group in weir queue peek and weir queue move.

            Examples:
              weir queue dead-letters orders-dead
              weir queue move --from orders-dead --where '{"source":["orders"],"cause":["Expired"]}'
            """) { Queue };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var report = await session.AskAsync(HttpMethod.Get, session.Queue(Queue), "failures");
        var groups = report["groups"]!.AsArray();
        if (!session.IsJson && groups.Count == 0)
        {
            Console.Out.WriteLine("No dead letter.");
            return ExitCodes.Done;
        }

        var table = QueueSession.Table("Messages", "From", "Cause", "Oldest", "Newest", "Where");
        foreach (var group in groups)
        {
            table.AddRow(
            [
                .. new[]
                {
                    $"{group!["count"]}", $"{group["source"]}", CauseOf(group), $"{group["oldest"]}",
                    $"{group["newest"]}", group["where"]!.ToJsonString(),
                }.Select(Markup.Escape),
            ]);
        }

        session.Write(report, table);
        if (!session.IsJson && !report["complete"]!.GetValue<bool>())
            Console.Out.WriteLine($"Only the first {report["lookedAt"]} messages were looked at.");
        return ExitCodes.Done;
    }

    private static string CauseOf(JsonNode group) =>
        group["error"] is { } error ? $"{group["cause"]}: {error}" : $"{group["cause"] ?? "unknown"}";
}
