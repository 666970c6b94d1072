using System.CommandLine;

// The file is the user's who types the command.
#pragma warning disable RS0030

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir export</c>: writes what a server has as a file that <c>weir apply</c> takes.</summary>
internal static class ExportCommand
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "The file to write. [default: standard output]", HelpName = "file",
    };

    private static readonly Option<string?> Tenant = new("--tenant")
    {
        Description = "Only what this account has.", HelpName = "account",
    };

    public static Command Build()
    {
        var command = new Command("export", $"""
            Write what the tenants of a running server have in a region as YAML, or as JSON with --json. Secrets are
            not in it; in the place of those of connections are the names of variables.

            {AdminCommands.About}

            Example:
              weir export -o topology.yaml
            """) { Output, Tenant };
        command.AddServerOptions();
        command.Options.Add(Client.ClientCredentials.RegionOption);
        return command.Runs(ExportAsync);
    }

    private static async Task<int> ExportAsync(AdminSession session)
    {
        var region = Client.ClientCredentials.From(session.Parsed).Region;
        var tenant = session.Parsed.GetValue(Tenant) is { } account ? $"&tenant={Uri.EscapeDataString(account)}" : "";
        var headers = new HeaderDictionary { ["Accept"] = session.IsJson ? "application/json" : "application/yaml" };
        var text = await session.SendTextAsync(
            HttpMethod.Get, $"topology?region={Uri.EscapeDataString(region)}{tenant}", "", headers);
        if (session.Parsed.GetValue(Output) is not { } path)
        {
            Console.Out.Write(text);
            return ExitCodes.Done;
        }

        try
        {
            await File.WriteAllTextAsync(path, text, session.Cancelled);
            return ExitCodes.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} cannot be written: {failure.Message}");
        }
    }
}
