using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue receive</c>: leases messages and shows them, and deletes them if that is wanted.</summary>
internal static class ReceiveCommand
{
    private const int CallMax = 10;

    private static readonly Argument<string> Queue = QueueCommand.QueueArgument();

    private static readonly Option<int> Max = new("--max")
    {
        Description = "At most so many messages.",
        HelpName = "number",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<int?> Wait = new("--wait")
    {
        Description = "Wait so long for a first message, 0 to 20. [default: the queue's]",
        HelpName = "seconds",
    };

    private static readonly Option<int?> Visibility = new("--visibility")
    {
        Description = "Hide them from others for so long, 0 to 43200. [default: the queue's]",
        HelpName = "seconds",
    };

    private static readonly Option<bool> Delete = new("--delete")
    {
        Description = "Delete each message once it is shown.",
    };

    public static Command Build()
    {
        var command = new Command("receive", """
            Receive messages and show them. They come back after their visibility timeout unless they are deleted.

            Examples:
              weir queue receive orders --wait 20
              weir queue receive orders --max 100 --delete --json
            """) { Queue, Max, Wait, Visibility, Delete };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var url = await session.FindUrlAsync(Queue);
        var all = new JsonArray();
        while (all.Count < session.Parsed.GetValue(Max))
        {
            var batch = await ReceiveAsync(session, url, session.Parsed.GetValue(Max) - all.Count, all.Count == 0);
            if (batch.Count == 0) break;
            foreach (var message in batch)
            {
                if (!session.IsJson) Show(message!);
                all.Add(message!.DeepClone());
            }

            // Only what was shown is deleted: an interrupt before this leaves it on the queue.
            if (session.Parsed.GetValue(Delete)) await DeleteAsync(session, url, batch);
        }

        if (session.IsJson) QueueSession.WriteJson(all);
        else if (all.Count == 0) Console.Out.WriteLine("No message.");
        return ExitCodes.Done;
    }

    private static async Task<JsonArray> ReceiveAsync(QueueSession session, string url, int wanted, bool isFirst)
    {
        var input = new JsonObject
        {
            ["QueueUrl"] = url,
            ["MaxNumberOfMessages"] = Math.Clamp(wanted, 1, CallMax),
            ["MessageSystemAttributeNames"] = new JsonArray("All"),
            ["MessageAttributeNames"] = new JsonArray("All"),
        };
        if (!isFirst) input["WaitTimeSeconds"] = 0;
        else if (session.Parsed.GetValue(Wait) is { } wait) input["WaitTimeSeconds"] = wait;
        if (session.Parsed.GetValue(Visibility) is { } visibility) input["VisibilityTimeout"] = visibility;
        return (await session.CallAsync("ReceiveMessage", input))["Messages"] as JsonArray ?? [];
    }

    private static async Task DeleteAsync(QueueSession session, string url, JsonArray batch)
    {
        var entries = new JsonArray();
        foreach (var message in batch)
        {
            entries.Add((JsonNode)new JsonObject
            {
                ["Id"] = $"{entries.Count}",
                ["ReceiptHandle"] = message!["ReceiptHandle"]!.ToString(),
            });
        }

        var answer = await session.CallAsync(
            "DeleteMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries });
        if (answer["Failed"] is JsonArray { Count: > 0 } failed)
            throw new CommandFailure(ExitCodes.Refused, $"{failed.Count} were not deleted: {failed[0]?["Message"]}");
    }

    private static void Show(JsonNode message)
    {
        var system = message["Attributes"];
        var details = new List<string> { $"received {system?["ApproximateReceiveCount"]} times" };
        if (system?["MessageGroupId"] is { } group) details.Add($"group {group}");
        foreach (var (name, value) in message["MessageAttributes"] as JsonObject ?? [])
            details.Add($"{name}={value?["StringValue"] ?? value?["BinaryValue"]}");
        QueueSession.Screen.MarkupLineInterpolated($"[bold]{message["MessageId"]}[/] [grey]{string.Join(", ", details)}[/]");
        Console.Out.WriteLine(message["Body"]);
    }
}
