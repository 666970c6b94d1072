using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue list</c>: queues and how much is in them.</summary>
internal static class ListCommand
{
    private const int PageMax = 1000;

    private static readonly Option<string?> Prefix = new("--prefix")
    {
        Description = "Only queues whose name begins so.",
        HelpName = "text",
    };

    public static Command Build()
    {
        var command = new Command("list", """
            List the queues of this account and region with their numbers of messages.

            Example:
              weir queue list --prefix orders-
            """) { Prefix };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var queues = new JsonArray();
        var table = QueueSession.Table("Queue", "Visible", "In flight", "Delayed");
        await foreach (var url in UrlsAsync(session))
        {
            var attributes = await session.Client.ReadAttributesAsync(url, session.Cancelled);
            var queue = new JsonObject
            {
                ["name"] = url[(url.LastIndexOf('/') + 1)..],
                ["url"] = url,
                ["visible"] = Number(attributes, "ApproximateNumberOfMessages"),
                ["inFlight"] = Number(attributes, "ApproximateNumberOfMessagesNotVisible"),
                ["delayed"] = Number(attributes, "ApproximateNumberOfMessagesDelayed"),
            };
            queues.Add((JsonNode)queue);
            table.AddRow(
                Markup.Escape($"{queue["name"]}"),
                $"{queue["visible"]}",
                $"{queue["inFlight"]}",
                $"{queue["delayed"]}");
        }

        if (queues.Count == 0) session.Write(queues, "There is no queue yet: weir queue create NAME makes one.");
        else session.Write(queues, table);
        return ExitCodes.Done;
    }

    private static async IAsyncEnumerable<string> UrlsAsync(QueueSession session)
    {
        string? next = null;
        do
        {
            var input = new JsonObject { ["MaxResults"] = PageMax };
            if (session.Parsed.GetValue(Prefix) is { } prefix) input["QueueNamePrefix"] = prefix;
            if (next is not null) input["NextToken"] = next;
            var page = await session.CallAsync("ListQueues", input);
            foreach (var url in page["QueueUrls"] as JsonArray ?? []) yield return url!.ToString();
            next = page["NextToken"]?.ToString();
        }
        while (!string.IsNullOrEmpty(next));
    }

    private static long Number(JsonObject attributes, string name) =>
        long.TryParse(attributes[name]?.ToString(), out var number) ? number : 0;
}
