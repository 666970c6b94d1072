using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir key</c>: what tenants sign with.</summary>
internal static class KeyCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The access key id." };

    private static readonly Option<string> Tenant = new("--tenant")
    {
        Description = "The tenant's account. [default: 000000000000, the operators' own]",
        HelpName = "account",
        DefaultValueFactory = static _ => "000000000000",
    };

    private static readonly Option<string?> OfTenant = new("--tenant")
    {
        Description = "Only the keys of this account.", HelpName = "account",
    };

    private static readonly Option<string?> User = new("--user")
    {
        Description = "Who signs with it, as policies name them. [default: the account itself]", HelpName = "name",
    };

    private static readonly Option<bool> IsAdmin = new("--admin")
    {
        Description = "It may look after all tenants.",
    };

    public static Command Build()
    {
        var command = new Command("key", $"""
            Look after the access keys of a running server. A secret is shown once, when it is made. With the first
            key, which must be an admin's, the server begins to ask for signatures.

            {AdminCommands.About}

            Examples:
              weir key create --admin
              weir key create --tenant 111122223333 --user ann
              weir key disable AKIA...
            """)
        {
            new Command("list", "List the access keys, without their secrets.") { OfTenant }.Runs(ListAsync),
            new Command("create", "Make an access key and show its secret, this once.") { Tenant, User, IsAdmin }
                .Runs(CreateAsync),
            new Command("disable", "Let a key count no more, from now on.") { Id }
                .Runs(session => DisableAsync(session, true)),
            new Command("enable", "Let a disabled key count again.") { Id }
                .Runs(session => DisableAsync(session, false)),
            new Command("delete", "Delete a key.") { Id }.Runs(DeleteAsync),
        };
        command.AddServerOptions();
        return command;
    }

    private static async Task<int> ListAsync(AdminSession session)
    {
        var tenant = session.Parsed.GetValue(OfTenant);
        var answer = await session.GetAsync(tenant is null ? "keys" : $"keys?tenant={Uri.EscapeDataString(tenant)}");
        var keys = answer["keys"]!.AsArray();
        var table = Session.Table("Key", "Tenant", "User", "Rights", "State", "Created");
        foreach (var key in keys)
        {
            table.AddRow(
                Markup.Escape($"{key!["id"]}"), $"{key["tenant"]}", Markup.Escape($"{key["user"]}"),
                key["admin"]!.GetValue<bool>() ? "admin" : "tenant",
                key["disabled"]!.GetValue<bool>() ? "disabled" : "active", $"{key["createdAt"]}");
        }

        if (keys.Count == 0) session.Write(answer, "There is no key: weir key create makes one.");
        else session.Write(answer, table);
        return ExitCodes.Done;
    }

    private static async Task<int> CreateAsync(AdminSession session)
    {
        var input = new JsonObject
        {
            ["tenant"] = session.Parsed.GetRequiredValue(Tenant), ["admin"] = session.Parsed.GetValue(IsAdmin),
        };
        if (session.Parsed.GetValue(User) is { } user) input["user"] = user;
        var answer = await session.PostAsync("keys", input);
        session.Write(answer, $"""
            export AWS_ACCESS_KEY_ID={answer["id"]} AWS_SECRET_ACCESS_KEY={answer["secret"]}
            """);
        return ExitCodes.Done;
    }

    private static async Task<int> DisableAsync(AdminSession session, bool isDisabled)
    {
        var answer = await session.PutAsync(PathOf(session), new JsonObject { ["disabled"] = isDisabled });
        session.Write(answer, $"Key {answer["id"]} is {(isDisabled ? "disabled" : "active")}.");
        return ExitCodes.Done;
    }

    private static async Task<int> DeleteAsync(AdminSession session)
    {
        var answer = await session.DeleteAsync(PathOf(session));
        session.Write(answer, $"Deleted key {session.Parsed.GetRequiredValue(Id)}.");
        return ExitCodes.Done;
    }

    private static string PathOf(AdminSession session) =>
        $"keys/{Uri.EscapeDataString(session.Parsed.GetRequiredValue(Id))}";
}
