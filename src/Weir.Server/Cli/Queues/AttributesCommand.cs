using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue attributes</c>: shows them, after setting some.</summary>
internal static class AttributesCommand
{
    private static readonly Argument<string> Queue = QueueCommand.QueueArgument();

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Set an attribute first; an empty value removes a policy. Repeatable.",
        HelpName = "name=value",
    };

    public static Command Build()
    {
        var command = new Command("attributes", """
            Show a queue's attributes, after setting those that are given.

            Examples:
              weir queue attributes orders
              weir queue attributes orders --set VisibilityTimeout=120
            """) { Queue, Set };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var url = await session.FindUrlAsync(Queue);
        var changes = Pairs.Read(Set.Name, session.Parsed.GetValue(Set) ?? []);
        if (changes.Count > 0)
        {
            var input = new JsonObject { ["QueueUrl"] = url, ["Attributes"] = changes };
            await session.CallAsync("SetQueueAttributes", input);
        }

        var attributes = await session.Client.ReadAttributesAsync(url, session.Cancelled);
        var table = QueueSession.Table("Attribute", "Value");
        foreach (var (name, value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            table.AddRow(Markup.Escape(name), Markup.Escape($"{value}"));
        session.Write(attributes, table);
        return ExitCodes.Done;
    }
}
