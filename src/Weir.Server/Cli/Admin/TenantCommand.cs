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

    private static readonly Option<bool> Silo = new("--silo")
    {
        Description = "With a shard of its own: its own thread, log and directory.",
    };

    private static readonly Option<string> To = new Option<string>("--to")
    {
        Description = "silo: a shard of its own; pool: the one that is shared.", HelpName = "placement",
        Required = true,
    }.AcceptOnlyFromAmong("silo", "pool");

    /// <summary>Between two looks at how far a move has come.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    public static Command Build()
    {
        var command = new Command("tenant", $"""
            Look after the tenants of a running server. A tenant is an account: what it has is its own.

            {AdminCommands.About}

            Examples:
              weir tenant create 111122223333 --name shop
              weir tenant suspend 111122223333
              weir tenant move 111122223333 --to silo
            """)
        {
            new Command("list", "List the tenants.").Runs(ListAsync),
            new Command("create", "Make a tenant, or rename one.") { Account, Name, Silo }.Runs(CreateAsync),
            new Command("move", """
                Move a tenant, with all that it has, to a shard of its own or back to the pool. Its requests wait
                meanwhile; other tenants' do not.
                """)
            {
                Account, To,
            }.Runs(session => MoveAsync(session, session.Parsed.GetRequiredValue(To))),
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
        var table = Session.Table("Tenant", "Name", "State", "Placement", "Created");
        foreach (var tenant in tenants)
        {
            table.AddRow(
                Markup.Escape($"{tenant!["account"]}"), Markup.Escape($"{tenant["name"]}"),
                tenant["suspended"]!.GetValue<bool>() ? "suspended" : "active", Markup.Escape(PlacementOf(tenant)),
                $"{tenant["createdAt"]}");
        }

        if (tenants.Count == 0) session.Write(answer, "There is no tenant yet: weir tenant create ACCOUNT makes one.");
        else session.Write(answer, table);
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(AdminSession session)
    {
        var input = new JsonObject();
        if (session.Parsed.GetValue(Name) is { } name) input["name"] = name;
        if (session.Parsed.GetValue(Silo)) input["placement"] = "silo";
        var answer = await session.PutAsync(PathOf(session), input);
        session.Write(answer, $"Tenant {answer["account"]} is there; weir key create --tenant {answer["account"]} "
            + "lets somebody in.");
        return ExitCodes.Done;
    }

    private static async Task<int> MoveAsync(AdminSession session, string to)
    {
        var isShown = !session.IsJson && !Console.IsErrorRedirected;
        var answer = await session.BeginPutAsync(PathOf(session), new JsonObject { ["placement"] = to });
        while (answer["move"] is { } move)
        {
            if (isShown)
            {
                Console.Error.WriteLine($"{move["phase"]}: {move["queuesMoved"]} of {move["queues"]} queues, "
                    + $"{move["messagesMoved"]} messages");
            }

            await Task.Delay(Interval, session.Time, session.Cancelled);
            answer = await session.GetAsync(PathOf(session));
        }

        if ($"{answer["placement"]}" != to)
            throw new CommandFailure(ExitCodes.Refused, $"The tenant was not moved: {answer["moveFailure"]}");
        session.Write(answer, $"Tenant {answer["account"]} is in {(to == "silo" ? "a silo" : "the pool")}.");
        return ExitCodes.Done;
    }

    private static string PlacementOf(JsonNode tenant) => tenant["move"] is { } move
        ? $"{tenant["placement"]}, moving to {move["to"]}"
        : $"{tenant["placement"]}";

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
