using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue move</c>: moves messages out of a dead-letter queue and stays until they are moved.</summary>
internal static class MoveCommand
{
    private const string Moves = "moves";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly Option<string> From = new("--from")
    {
        Description = "The queue to move out of: a dead-letter queue, or any with --to.",
        HelpName = "queue",
        Required = true,
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Where to. [default: each message's own source queue]",
        HelpName = "queue",
    };

    private static readonly Option<int?> Rate = new("--rate")
    {
        Description = "At most so many messages a second, 1 to 500. [default: as fast as it goes]",
        HelpName = "number",
    };

    private static readonly Option<string?> Where = QueueCommand.WhereOption(
        "Only those that match this event pattern over what weir queue peek --json shows.");

    private static readonly Option<bool> Cancel = new("--cancel")
    {
        Description = "End the move that is under way; what it moved stays moved.",
    };

    public static Command Build()
    {
        var command = new Command("move", """
            Move the messages of a dead-letter queue back to where they came from, or to another queue, and show how
            far it is. Ctrl-C stops watching; the move goes on in the server.

            Examples:
              weir queue move --from orders-dead
              weir queue move --from orders-dead --to orders-retry --rate 50
              weir queue move --from orders-dead --where '{"cause":["Expired"]}'
              weir queue move --from orders-dead --cancel
            """) { From, To, Rate, Where, Cancel };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var source = session.Parsed.GetRequiredValue(From);
        if (session.Parsed.GetValue(Cancel))
        {
            var cancelled = await session.AskAsync(HttpMethod.Delete, source, Moves);
            session.Write(cancelled, $"Cancelled: {cancelled["moved"]} messages were moved.");
            return ExitCodes.Done;
        }

        var input = new JsonObject();
        if (session.Parsed.GetValue(To) is { } to) input["to"] = to;
        if (session.Parsed.GetValue(Rate) is { } rate) input["rate"] = rate;
        if (session.Parsed.GetValue(Where) is { } where) input["where"] = ReadPattern(where);
        var started = await session.AskAsync(HttpMethod.Post, source, Moves, input);

        var move = session.IsJson || Console.IsOutputRedirected
            ? await WatchAsync(session, source, $"{started["id"]}", static _ => { })
            : await ShowAsync(session, source, $"{started["id"]}");
        session.Write(move, $"{move["state"]}: {Moved(move)} of {ToMove(move)} messages moved.");
        if ($"{move["state"]}" == "completed") return ExitCodes.Done;
        throw new CommandFailure(ExitCodes.Refused, $"The move did not complete: {move["failure"]}");
    }

    private static JsonNode? ReadPattern(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException wrong)
        {
            throw new CommandFailure(ExitCodes.Usage, $"--where is not JSON: {wrong.Message}");
        }
    }

    private static async Task<JsonObject> ShowAsync(QueueSession session, string source, string id)
    {
        JsonObject last = [];
        await QueueSession.Screen.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask("Moving");
            last = await WatchAsync(session, source, id, move =>
            {
                bar.MaxValue = Math.Max(1, ToMove(move));
                bar.Value = Math.Min(bar.MaxValue, Moved(move));
            });
            bar.Value = bar.MaxValue;
        });
        return last;
    }

    private static async Task<JsonObject> WatchAsync(
        QueueSession session, string source, string id, Action<JsonObject> show)
    {
        while (true)
        {
            var answer = await session.AskAsync(HttpMethod.Get, source, Moves);
            if (answer["moves"]!.AsArray().FirstOrDefault(move => $"{move!["id"]}" == id) is not JsonObject move)
                throw new CommandFailure(ExitCodes.Refused, "The server does not know the move any more.");
            show(move);
            if ($"{move["state"]}" != "running") return move;
            await Task.Delay(Interval, session.Time, session.Cancelled);
        }
    }

    private static long Moved(JsonObject move) => move["moved"]!.GetValue<long>();

    private static long ToMove(JsonObject move) => move["of"]!.GetValue<long>();
}
