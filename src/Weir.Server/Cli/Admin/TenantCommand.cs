using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir tenant</c>: who shares the server.</summary>
internal static class TenantCommand
{
    private static readonly Argument<string> Account = new("account") { Description = "The tenant: 12 digits." };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "What people call it.", HelpName = "text",
    };

    public static Command Build()
    {
        var command = new Command("tenant", $"""
            Look after the tenants of a running server. A tenant is an account: what it has is its own.

            {AdminCommands.About}

            Examples:
              weir tenant create 111122223333 --name shop
              weir tenant suspend 111122223333
            """)
        {
            new Command("list", "List the tenants.").Runs(ListAsync),
            new Command("create", "Make a tenant, or rename one.") { Account, Name }.Runs(CreateAsync),
            new Command("suspend", "Refuse all who sign for a tenant; what it has stays, and is delivered on.")
            {
                Account,
            }.Runs(session => SuspendAsync(session, true)),
            new Command("resume", "Let a suspended tenant in again.") { Account }
                .Runs(session => SuspendAsync(session, false)),
            new Command("delete", "Delete a tenant that has no keys, queues, topics and so on any more.") { Account }
                .Runs(DeleteAsync),
        };
        command.AddServerOptions();
        return command;
    }

    private static async Task<int> ListAsync(AdminSession session)
    {
        var answer = await session.GetAsync("tenants");
        var tenants = answer["tenants"]!.AsArray();
        var table = Session.Table("Tenant", "Name", "State", "Created");
        foreach (var tenant in tenants)
        {
            table.AddRow(
                Markup.Escape($"{tenant!["account"]}"), Markup.Escape($"{tenant["name"]}"),
                tenant["suspended"]!.GetValue<bool>() ? "suspended" : "active", $"{tenant["createdAt"]}");
        }

        if (tenants.Count == 0) session.Write(answer, "There is no tenant yet: weir tenant create ACCOUNT makes one.");
        else session.Write(answer, table);
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(AdminSession session)
    {
        var input = new JsonObject();
        if (session.Parsed.GetValue(Name) is { } name) input["name"] = name;
        var answer = await session.PutAsync(PathOf(session), input);
        session.Write(answer, $"Tenant {answer["account"]} is there; weir key create --tenant {answer["account"]} "
            + "lets somebody in.");
        return ExitCodes.Done;
    }

    private static async Task<int> SuspendAsync(AdminSession session, bool isSuspended)
    {
        var answer = await session.PutAsync(PathOf(session), new JsonObject { ["suspended"] = isSuspended });
        session.Write(answer, $"Tenant {answer["account"]} is {(isSuspended ? "suspended" : "active")}.");
        return ExitCodes.Done;
    }

    private static async Task<int> DeleteAsync(AdminSession session)
    {
        var answer = await session.DeleteAsync(PathOf(session));
        session.Write(answer, $"Deleted tenant {session.Parsed.GetRequiredValue(Account)}.");
        return ExitCodes.Done;
    }

    private static string PathOf(AdminSession session) =>
        $"tenants/{Uri.EscapeDataString(session.Parsed.GetRequiredValue(Account))}";
}
