using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using Weir.Broker.Tenants;
using Weir.Server.Cli.Client;

namespace Weir.Server.Cli.Admin;

/// <summary><c>weir quota</c>: how much tenants may ask for, and have.</summary>
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

    private static readonly (Quota Quota, Option<long?> Option)[] Counts =
    [
        Count(Quota.Bytes, "--bytes-per-second", "Bytes of request bodies, at least 1024."),
        Count(Quota.Messages, "--messages-max", "Messages in its queues, whatever their state."),
        Count(Quota.BytesStored, "--bytes-stored-max", "Bytes of their contents."),
        Count(Quota.InFlight, "--in-flight-max", "Messages that its receivers have leased."),
        Count(Quota.Queues, "--queues-max", "Queues."),
        Count(Quota.Topics, "--topics-max", "Topics."),
        Count(Quota.Rules, "--rules-max", "Rules of all buses."),
        Count(Quota.Schedules, "--schedules-max", "Schedules."),
        Count(Quota.Pipes, "--pipes-max", "Pipes."),
        Count(Quota.Connections, "--connections-max", "Connections, at least 1."),
        Count(Quota.WebhookConcurrency, "--webhook-concurrency-max",
            "Calls of its webhooks, subscribed endpoints and API destinations at once, at least 1."),
    ];

    public static Command Build()
    {
        var set = new Command("set", "Set quotas; what is not given is no limit.") { Name, Requests };
        foreach (var (_, option) in Counts) set.Add(option);
        var command = new Command("quota", $"""
            Hold the tenants of a running server to what they may ask for, and have at once. Changes hold for the next
            request. What is beyond a quota is refused with the protocol's own error and told here.

            {AdminCommands.About}

            Examples:
              weir quota set default --requests-per-second 1000 --messages-max 1000000
              weir quota set 111122223333 --requests-per-second 5000 --bytes-stored-max 50000000000
              weir quota show 111122223333
            """)
        {
            new Command("list", "List all quotas, and which tenants are held back now.").Runs(ListAsync),
            new Command("show", "Show how a tenant stands by each quota.") { Name }.Runs(ShowAsync),
            set.Runs(SetAsync),
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
        var table = Session.Table("Quotas of", "Limits", "Refused", "Last");
        foreach (var quota in quotas)
        {
            var limits = QuotaNames.All.Where(each => quota![QuotaNames.Member(each)] is not null)
                .Select(each => $"{Number(quota![QuotaNames.Member(each)])} {QuotaNames.Words(each)}");
            var refused = QuotaNames.All.Select(each => (Quota: each, Count: quota!["throttled"]?[$"by{each}"]))
                .Where(each => each.Count is not null && each.Count.GetValue<long>() > 0)
                .Select(each => $"{Number(each.Count)} by {QuotaNames.Words(each.Quota)}");
            table.AddRow(
                $"{quota!["name"]}", string.Join(", ", limits), string.Join(", ", refused),
                $"{quota["throttled"]?["last"]}");
        }

        if (quotas.Count == 0)
        {
            session.Write(answer, "Nobody is limited: weir quota set NAME limits a tenant.");
            return ExitCodes.Done;
        }

        session.Write(answer, table);
        if (session.IsJson) return ExitCodes.Done;
        foreach (var tenant in answer["held"]!.AsArray())
        {
            foreach (var by in tenant!["backPressure"]!.AsArray())
                await Console.Out.WriteLineAsync($"{tenant["account"]} is held back {Describe(by!)}");
        }

        return ExitCodes.Done;
    }

    private static async Task<int> ShowAsync(AdminSession session)
    {
        var answer = await session.GetAsync(PathOf(session));
        var table = Session.Table("Quota", "Limit", "Used", "Refused", "Held back since");
        foreach (var quota in QuotaNames.All)
        {
            var member = QuotaNames.Member(quota);
            var used = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{quota}");
            var held = answer["backPressure"]?.AsArray().FirstOrDefault(by => $"{by!["quota"]}" == member);
            table.AddRow(
                QuotaNames.Words(quota), Number(answer[member]), Number(answer["used"]?[used]),
                Number(answer["throttled"]?[$"by{quota}"]), $"{held?["since"]}");
        }

        session.Write(answer, table);
        return ExitCodes.Done;
    }

    private static async Task<int> SetAsync(AdminSession session)
    {
        var input = new JsonObject();
        if (session.Parsed.GetValue(Requests) is { } requests)
            input[QuotaNames.Member(Quota.Requests)] = requests;
        foreach (var (quota, option) in Counts)
        {
            if (session.Parsed.GetValue(option) is { } count) input[QuotaNames.Member(quota)] = count;
        }

        if (input.Count == 0)
        {
            throw new CommandFailure(
                ExitCodes.Usage, $"Give a quota: --requests-per-second, {string.Join(", ", Counts.Select(
                    count => count.Option.Name))}.");
        }

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

    private static string Describe(JsonNode by) =>
        $"by {by["quota"]} of {Number(by["max"])} since {by["since"]}: it has {Number(by["used"])}.";

    private static string Number(JsonNode? number) => number is null
        ? ""
        : number.GetValue<double>().ToString("0.##", CultureInfo.InvariantCulture);

    private static (Quota Quota, Option<long?> Option) Count(Quota quota, string name, string about) => (quota,
        new Option<long?>(name) { Description = $"{about} [default: no limit]", HelpName = "number" });

    private static string PathOf(AdminSession session) =>
        $"quotas/{Uri.EscapeDataString(session.Parsed.GetRequiredValue(Name))}";
}
