using System.CommandLine;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Queues;

/// <summary><c>weir queue</c>: what can be done with queues from a shell.</summary>
internal static class QueueCommand
{
    private const string About = """
        Work with the queues of a running server.

        Requests are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the options below. A queue is given
        by its name or its URL.
        """;

    public static Command Build() => new("queue", About)
    {
        ListCommand.Build(),
        CreateCommand.Build(),
        DeleteCommand.Build(),
        AttributesCommand.Build(),
        SendCommand.Build(),
        ReceiveCommand.Build(),
        PurgeCommand.Build(),
        PeekCommand.Build(),
        DeadLettersCommand.Build(),
        MoveCommand.Build(),
        ServerAddress.Endpoint,
        ServerAddress.Json,
        ClientCredentials.AccessKeyOption,
        ClientCredentials.SecretOption,
        ClientCredentials.RegionOption,
    };

    public static Argument<string> QueueArgument(string description = "The queue's name or URL.") =>
        new("queue") { Description = description };

    /// <summary>Chooses messages by what a peek shows of them.</summary>
    public static Option<string?> WhereOption(string description) =>
        new("--where") { Description = description, HelpName = "pattern" };

    /// <summary>Gives a command its way to the server and its screen.</summary>
    public static void Run(this Command command, Func<QueueSession, Task<int>> run) =>
        command.SetAction(async (parsed, cancelled) =>
        {
            using var session = new QueueSession(parsed, cancelled);
            return await run(session);
        });
}
