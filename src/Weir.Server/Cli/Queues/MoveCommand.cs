using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue move</c>: moves messages out of a dead-letter queue and stays until they are moved.</summary>
internal static class MoveCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly Option<string> From = new("--from")
    {
        Description = "The dead-letter queue to empty.",
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

    public static Command Build()
    {
        var command = new Command("move", """
            Move the messages of a dead-letter queue back to where they came from, or to another queue, and show how far it
            is. Ctrl-C stops watching; the move goes on in the server.

            Examples:
              weir queue move --from orders-dead
              weir queue move --from orders-dead --to orders-retry --rate 50
            """) { From, To, Rate };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var source = await session.Client.FindArnAsync(session.Parsed.GetRequiredValue(From), session.Cancelled);
        var input = new JsonObject { ["SourceArn"] = source };
        if (session.Parsed.GetValue(To) is { } to)
            input["DestinationArn"] = await session.Client.FindArnAsync(to, session.Cancelled);
        if (session.Parsed.GetValue(Rate) is { } rate) input["MaxNumberOfMessagesPerSecond"] = rate;
        await session.CallAsync("StartMessageMoveTask", input);

        var task = session.IsJson || Console.IsOutputRedirected
            ? await WatchAsync(session, source, static _ => { })
            : await ShowAsync(session, source);
        session.Write(task, $"{task["Status"]}: {Moved(task)} of {ToMove(task)} messages moved.");
        if ($"{task["Status"]}" == "COMPLETED") return ExitCodes.Done;
        throw new CommandFailure(ExitCodes.Refused, $"The move did not complete: {task["FailureReason"]}");
    }

    private static async Task<JsonObject> ShowAsync(QueueSession session, string source)
    {
        JsonObject last = [];
        await QueueSession.Screen.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask("Moving");
            last = await WatchAsync(session, source, task =>
            {
                bar.MaxValue = Math.Max(1, ToMove(task));
                bar.Value = Math.Min(bar.MaxValue, Moved(task));
            });
            bar.Value = bar.MaxValue;
        });
        return last;
    }

    private static async Task<JsonObject> WatchAsync(QueueSession session, string source, Action<JsonObject> show)
    {
        while (true)
        {
            var input = new JsonObject { ["SourceArn"] = source, ["MaxResults"] = 1 };
            var answer = await session.CallAsync("ListMessageMoveTasks", input);
            if ((answer["Results"] as JsonArray)?.FirstOrDefault() is not JsonObject task)
                throw new CommandFailure(ExitCodes.Refused, "The server does not know the move any more.");
            show(task);
            if ($"{task["Status"]}" is not ("RUNNING" or "CANCELLING")) return task;
            await Task.Delay(Interval, session.Time, session.Cancelled);
        }
    }

    private static long Moved(JsonObject task) => task["ApproximateNumberOfMessagesMoved"]?.GetValue<long>() ?? 0;

    private static long ToMove(JsonObject task) => task["ApproximateNumberOfMessagesToMove"]?.GetValue<long>() ?? 0;
}
