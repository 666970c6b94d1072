using System.CommandLine;
using System.Text.Json.Nodes;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue send</c>: one message, from an option, a file or standard input.</summary>
internal static class SendCommand
{
    private static readonly Argument<string> Queue = QueueCommand.QueueArgument();

    private static readonly Option<string?> Body = new("--body")
    {
        Description = "The message. [default: --file, else standard input]",
        HelpName = "text",
    };

    private static readonly Option<string?> BodyFile = new("--file")
    {
        Description = "A file that holds the message, as UTF-8.",
        HelpName = "path",
    };

    private static readonly Option<string?> Group = new("--group")
    {
        Description = "The message group; a FIFO queue needs one.",
        HelpName = "id",
    };

    private static readonly Option<string?> Deduplication = new("--dedup")
    {
        Description = "The deduplication id of a FIFO queue's message.",
        HelpName = "id",
    };

    private static readonly Option<int?> Delay = new("--delay")
    {
        Description = "Invisible for so long first, 0 to 900. [default: the queue's]",
        HelpName = "seconds",
    };

    private static readonly Option<string[]> Attribute = new("--attribute")
    {
        Description = "A message attribute: name=text, name:Number=1 or name:Binary=base64. Repeatable.",
        HelpName = "name=value",
    };

    public static Command Build()
    {
        var command = new Command("send", """
            Send a message and print its id.

            Examples:
              weir queue send orders --body '{"order": 1}'
              weir queue send orders --file order.json --attribute kind=new --delay 30
              echo hello | weir queue send orders.fifo --group customer-7 --dedup order-1
            """) { Queue, Body, BodyFile, Group, Deduplication, Delay, Attribute };
        command.Run(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(QueueSession session)
    {
        var parsed = session.Parsed;
        var input = new JsonObject { ["MessageBody"] = await ReadBodyAsync(session) };
        if (parsed.GetValue(Group) is { } group) input["MessageGroupId"] = group;
        if (parsed.GetValue(Deduplication) is { } deduplication) input["MessageDeduplicationId"] = deduplication;
        if (parsed.GetValue(Delay) is { } delay) input["DelaySeconds"] = delay;
        var attributes = Pairs.ReadTyped(Attribute.Name, parsed.GetValue(Attribute) ?? []);
        if (attributes.Count > 0) input["MessageAttributes"] = attributes;
        input["QueueUrl"] = await session.FindUrlAsync(Queue);

        var answer = await session.CallAsync("SendMessage", input);
        session.Write(answer, $"{answer["MessageId"]}");
        return ExitCodes.Done;
    }

    private static async Task<string> ReadBodyAsync(QueueSession session)
    {
        if (session.Parsed.GetValue(Body) is { } body) return body;
        if (session.Parsed.GetValue(BodyFile) is not { } path)
            return (await Console.In.ReadToEndAsync(session.Cancelled)).TrimEnd('\n');
        try
        {
#pragma warning disable RS0030 // A user's own file, read by a command; the broker's disk is not involved.
            return await File.ReadAllTextAsync(path, session.Cancelled);
#pragma warning restore RS0030
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} cannot be read: {failure.Message}");
        }
    }
}
