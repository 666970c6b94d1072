using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

// Files and environment are those of the user who types the command.
#pragma warning disable RS0030

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir apply</c>: makes what a file says.</summary>
internal static partial class ApplyCommand
{
    private static readonly Option<string> FileOption = new("--file", "-f")
    {
        Description = "The topology, in YAML or JSON; - is standard input.", HelpName = "file", Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what would be done, and end with 2 if there is anything to do.",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Delete what the tenants in the file have and the file has not; reset what it does not say.",
    };

    private static readonly Option<bool> WithMessages = new("--prune-with-messages")
    {
        Description = "Delete queues and archives even with what is in them.",
    };

    private static readonly Option<string?> SecretsOut = new("--secrets-out")
    {
        Description = "Write secrets that are made into this new file, for its owner's eyes only.", HelpName = "file",
    };

    public static Command Build()
    {
        var command = new Command("apply", $$"""
            Make what a file says: tenants, quotas, keys, queues, topics, buses and all else that a server is set up
            with. What is so already is left alone, so applying again changes nothing. ${NAME} in the place of a secret
            is taken from the environment.

            {{AdminCommands.About}}

            Examples:
              weir apply -f topology.yaml --dry-run
              weir apply -f topology.yaml
            """) { FileOption, DryRun, Prune, WithMessages, SecretsOut };
        command.AddServerOptions();
        command.Options.Add(Client.ClientCredentials.RegionOption);
        return command.Runs(ApplyAsync);
    }

    private static async Task<int> ApplyAsync(AdminSession session)
    {
        var (text, isDryRun) = (await ReadAsync(session), session.Parsed.GetValue(DryRun));
        using var secrets = isDryRun ? null : OpenSecrets(session.Parsed.GetValue(SecretsOut));
        var query = $"topology?dryRun={Word(isDryRun)}&prune={Word(session.Parsed.GetValue(Prune))}"
            + $"&pruneWithMessages={Word(session.Parsed.GetValue(WithMessages))}";
        var headers = new HeaderDictionary
        {
            ["Content-Type"] = "application/yaml", ["Weir-Variables"] = VariablesOf(text),
        };
        JsonObject answer;
        CommandFailure? refusal = null;
        try
        {
            answer = (JsonObject)JsonNode.Parse(await session.SendTextAsync(HttpMethod.Post, query, text, headers))!;
        }
        catch (CommandFailure failure) when (failure.Answer?["changes"] is not null)
        {
            (answer, refusal) = (failure.Answer, failure);
        }

        if (secrets is not null) TopologyText.MoveSecrets(answer, secrets);
        session.Write(answer, TopologyText.Of(answer, isDryRun));
        if (refusal is not null) throw refusal;
        var counts = answer["counts"]!;
        var differs = ((string[])["create", "update", "delete"]).Any(what => counts[what]!.GetValue<int>() > 0);
        return isDryRun && differs ? ExitCodes.Differs : ExitCodes.Done;
    }

    private static async Task<string> ReadAsync(AdminSession session)
    {
        var path = session.Parsed.GetRequiredValue(FileOption);
        try
        {
            return path == "-"
                ? await Console.In.ReadToEndAsync(session.Cancelled)
                : await File.ReadAllTextAsync(path, session.Cancelled);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} cannot be read: {failure.Message}");
        }
    }

    /// <summary>Opened before anything is made, so that no secret is lost for want of a place.</summary>
    private static StreamWriter? OpenSecrets(string? path)
    {
        if (path is null) return null;
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new StreamWriter(path, creation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} cannot be made: {failure.Message}");
        }
    }

    /// <summary>Only those that the file names leave this machine.</summary>
    private static string VariablesOf(string text)
    {
        var variables = new JsonObject();
        foreach (Match match in Reference().Matches(text))
        {
            var name = match.Groups[1].Value;
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) variables[name] = value;
        }

        return Convert.ToBase64String(Encoding.UTF8.GetBytes(variables.ToJsonString()));
    }

    private static string Word(bool flag) => flag ? "true" : "false";

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
