using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue peek</c>: shows messages where they lie, and leases none.</summary>
internal static class PeekCommand
{
    private const int PageMax = 100;

    private static readonly Argument<string> Queue = QueueCommand.QueueArgument("The queue's name.");

    private static readonly Option<int> Max = new("--max")
    {
        Description = "At most so many messages.",
        HelpName = "number",
        DefaultValueFactory = static _ => 10,
    };

    private static readonly Option<string?> Where = QueueCommand.WhereOption(
        "Only those that match this event pattern over what is shown with --json.");

    public static Command Build()
    {
        var command = new Command("peek", """
            Show messages in the order of sending, whatever their state, and leave them as they are.

            Examples:
              weir queue peek orders
              weir queue peek orders-dead --max 100 --where '{"cause":["Expired"],"body":{"kind":["invoice"]}}'
            """) { Queue, Max, Where };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var (max, where) = (session.Parsed.GetValue(Max), session.Parsed.GetValue(Where));
        var filter = where is null ? "" : $"&where={Uri.EscapeDataString(where)}";
        var all = new JsonArray();
        var after = 0L;
        while (all.Count < max)
        {
            // With a filter a page may have less than was looked at, or nothing.
            var page = await session.AskAsync(
                HttpMethod.Get, session.Queue(Queue), $"messages?peek={PageMax}&after={after}{filter}");
            foreach (var message in page["messages"]!.AsArray().Take(max - all.Count))
            {
                if (!session.IsJson) Show(message!);
                all.Add(message!.DeepClone());
            }

            if (page["next"] is not { } next) break;
            after = next.GetValue<long>();
        }

        if (session.IsJson) QueueSession.WriteJson(all);
        else if (all.Count == 0) Console.Out.WriteLine("No message.");
        return ExitCodes.Done;
    }

    private static void Show(JsonNode message)
    {
        var details = new List<string> { $"sent {message["sent"]}", $"received {message["receives"]} times" };
        foreach (var name in (string[])["group", "source", "cause"])
        {
            if (message[name] is { } value) details.Add($"{name} {value}");
        }

        foreach (var (name, value) in message["attributes"]!.AsObject()) details.Add($"{name}={value}");
        QueueSession.Screen.MarkupLineInterpolated(
            $"[bold]{message["id"]}[/] [grey]{string.Join(", ", details)}[/]");
        Console.Out.WriteLine(message["body"]);
    }
}
