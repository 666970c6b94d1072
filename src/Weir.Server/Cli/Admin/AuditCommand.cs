using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir audit</c>: who changed what, from where.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Only what happened at this time or later, such as 2026-11-26T12:00:00Z.", HelpName = "time",
    };

    private static readonly Option<string?> OfTenant = new("--tenant")
    {
        Description = "Only what happened in this account.", HelpName = "account",
    };

    public static Command Build()
    {
        var command = new Command("audit", $"""
            Show who changed what, from where, in the order in which it happened: queues, topics, rules, keys and all
            else that is set up. Messages are not told of. Entries are kept for a year.

            {AdminCommands.About}

            Example:
              weir audit --from 2026-11-26 --json
            """) { From, OfTenant };
        command.AddServerOptions();
        return command.Runs(ShowAsync);
    }

    private static async Task<int> ShowAsync(AdminSession session)
    {
        var table = Session.Table("At", "Account", "Who", "Action", "Resource", "From");
        var all = new JsonArray();
        await foreach (var entry in EntriesAsync(session))
        {
            if (session.Parsed.GetValue(OfTenant) is { } tenant && entry["account"]!.ToString() != tenant) continue;
            if (session.IsJson) all.Add(entry.DeepClone());
            else
            {
                table.AddRow([.. ((string[])["at", "account", "who", "action", "resource", "from"])
                    .Select(column => Markup.Escape($"{entry[column]}"))]);
            }
        }

        session.Write(all, table);
        return ExitCodes.Done;
    }

    private static async IAsyncEnumerable<JsonNode> EntriesAsync(AdminSession session)
    {
        var from = session.Parsed.GetValue(From) is { } time ? $"&from={Uri.EscapeDataString(time)}" : "";
        for (var after = 0L; ;)
        {
            var page = await session.GetAsync($"audit?after={after}{from}");
            foreach (var entry in page["entries"]!.AsArray()) yield return entry!;
            if (page["next"] is not { } next) yield break;
            after = next.GetValue<long>();
        }
    }
}
