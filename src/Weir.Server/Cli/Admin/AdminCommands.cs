using System.CommandLine;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary>What the commands of the admin API have in common.</summary>
internal static class AdminCommands
{
    public const string About = """
        Requests are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the options below; as soon as the
        server has keys it takes those of an admin only. Where WEIR_TOKEN is set, they carry that token of an OpenID
        Connect provider instead.
        """;

    public static void AddServerOptions(this Command command)
    {
        foreach (var option in (Option[])
        [
            ServerAddress.Endpoint, ServerAddress.Json, ClientCredentials.AccessKeyOption,
            ClientCredentials.SecretOption,
        ])
            command.Options.Add(option);
    }

    /// <summary>Gives a command its way to the server and its screen.</summary>
    public static Command Runs(this Command command, Func<AdminSession, Task<int>> run)
    {
        command.SetAction(async (parsed, cancelled) =>
        {
            using var session = new AdminSession(parsed, cancelled);
            return await run(session);
        });
        return command;
    }
}
