using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue create</c>.</summary>
internal static class CreateCommand
{
    private const string FifoSuffix = ".fifo";

    private static readonly Argument<string> Name = new("name") { Description = "1 to 80 letters, digits, - and _." };

    private static readonly Option<bool> Fifo = new("--fifo")
    {
        Description = "First in, first out within each message group; the name gets its .fifo.",
    };

    private static readonly Option<string[]> Attribute = new("--attribute")
    {
        Description = "An attribute as SQS names it, such as VisibilityTimeout=60. Repeatable.",
        HelpName = "name=value",
    };

    private static readonly Option<string[]> Tag = new("--tag")
    {
        Description = "A tag. Repeatable.",
        HelpName = "name=value",
    };

    public static Command Build()
    {
        var command = new Command("create", """
            Create a queue and print its URL. A queue that is there already, with the same attributes, is no error.

            Examples:
              weir queue create orders
              weir queue create orders --fifo --attribute ContentBasedDeduplication=true
              weir queue create orders --attribute VisibilityTimeout=60 --attribute DelaySeconds=5
            """) { Name, Fifo, Attribute, Tag };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var name = session.Queue(Name);
        var attributes = Pairs.Read(Attribute.Name, session.Parsed.GetValue(Attribute) ?? []);
        var tags = Pairs.Read(Tag.Name, session.Parsed.GetValue(Tag) ?? []);
        if (session.Parsed.GetValue(Fifo) && !name.EndsWith(FifoSuffix, StringComparison.Ordinal)) name += FifoSuffix;
        if (name.EndsWith(FifoSuffix, StringComparison.Ordinal)) attributes["FifoQueue"] = "true";

        var input = new JsonObject { ["QueueName"] = name };
        if (attributes.Count > 0) input["Attributes"] = attributes;
        if (tags.Count > 0) input["tags"] = tags;
        var url = (await session.CallAsync("CreateQueue", input))["QueueUrl"]!.ToString();
        session.Write(new JsonObject { ["name"] = name, ["url"] = url }, url);
        return ExitCodes.Done;
    }
}
