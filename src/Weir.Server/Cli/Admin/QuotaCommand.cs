using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir quota</c>: how much tenants may ask for.</summary>
internal static class QuotaCommand
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = "The tenant's account, or default for all that have none of their own.",
    };

    private static readonly Option<double?> Requests = new("--requests-per-second")
    {
        Description = "Requests of all protocols. [default: no limit]", HelpName = "number",
    };

    private static readonly Option<long?> Bytes = new("--bytes-per-second")
    {
        Description = "Bytes of request bodies, at least 1024. [default: no limit]", HelpName = "number",
    };

    public static Command Build()
    {
        var command = new Command("quota", $"""
            Hold the tenants of a running server to what they may ask for. Changes hold for the next request. What is
            beyond a quota is refused with the protocol's own throttle error and told here.

            {AdminCommands.About}

            Examples:
              weir quota set default --requests-per-second 1000
              weir quota set 111122223333 --requests-per-second 5000 --bytes-per-second 50000000
            """)
        {
            new Command("list", "List all quotas, and what was refused since the server started.").Runs(ListAsync),
            new Command("set", "Set quotas; what is not given is no limit.") { Name, Requests, Bytes }.Runs(SetAsync),
            new Command("delete", "Take a tenant's own quotas away: the default ones hold for it.") { Name }
                .Runs(DeleteAsync),
        };
        command.AddServerOptions();
        return command;
    }

    private static async Task<int> ListAsync(AdminSession session)
    {
        var answer = await session.GetAsync("quotas");
        var quotas = answer["quotas"]!.AsArray();
        var table = Session.Table("Quotas of", "Requests/s", "Bytes/s", "Refused by requests", "by bytes", "Last");
        foreach (var quota in quotas)
        {
            var throttled = quota!["throttled"];
            table.AddRow(
                $"{quota["name"]}", $"{quota["requestsPerSecond"]}", $"{quota["bytesPerSecond"]}",
                $"{throttled?["byRequests"]}", $"{throttled?["byBytes"]}", $"{throttled?["last"]}");
        }

        if (quotas.Count == 0) session.Write(answer, "Nobody is limited: weir quota set NAME limits a tenant.");
        else session.Write(answer, table);
        return ExitCodes.Done;
    }

    private static async Task<int> SetAsync(AdminSession session)
    {
        var input = new JsonObject();
        if (session.Parsed.GetValue(Requests) is { } requests) input["requestsPerSecond"] = requests;
        if (session.Parsed.GetValue(Bytes) is { } bytes) input["bytesPerSecond"] = bytes;
        if (input.Count == 0)
            throw new CommandFailure(ExitCodes.Usage, "Give --requests-per-second, --bytes-per-second, or both.");
        var answer = await session.PutAsync(PathOf(session), input);
        session.Write(answer, $"The quotas of {answer["name"]} hold from now on.");
        return ExitCodes.Done;
    }

    private static async Task<int> DeleteAsync(AdminSession session)
    {
        var answer = await session.DeleteAsync(PathOf(session));
        session.Write(answer, $"{session.Parsed.GetRequiredValue(Name)} has no quotas of its own any more.");
        return ExitCodes.Done;
    }

    private static string PathOf(AdminSession session) =>
        $"quotas/{Uri.EscapeDataString(session.Parsed.GetRequiredValue(Name))}";
}
