using System.Globalization;
using System.Text.Json.Nodes;
using Weir.WireTests.Power;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>
/// The server killed at random under load, again and again on the same data, and every message accounted for at the
/// end.
/// </summary>
public sealed record Campaign(int Cycles, int Seed)
{
    private const int PauseMsMin = 50;

    private string _wanted = "";

    /// <summary>The longest time between a start and the next kill.</summary>
    public int PauseMsMax { get; init; } = 1_000;

    /// <summary>Null: a kill keeps what the kernel has. Else the power goes, and what was not synced is lost.</summary>
    public PowerSwitch? Power { get; init; }

    /// <summary>True: the tenant moves to a silo and back, a move in each cycle, and the kill comes soon after its
    /// start.</summary>
    public bool MovesTenant { get; init; }

    /// <summary>As the environment says, for a long run by hand; else as few cycles as a test has time for.</summary>
    public static Campaign FromEnvironment(int cycles) => new(
        Number("WEIR_CAMPAIGN_CYCLES") ?? cycles, Number("WEIR_CAMPAIGN_SEED") ?? (Environment.TickCount & 0xFFFFFF));

    public async Task<CampaignReport> RunAsync(CancellationToken cancelled)
    {
        var random = new Random(Seed);
        await using var server = await WeirServer.StartAsync(Power is null ? null : Power.Environment);
        await using var load = new Load(server, random);
        await load.StartAsync();
        if (MovesTenant) await MakeTenantAsync(server.Url, cancelled);

        var recoveries = new List<TimeSpan>();
        var moves = 0;
        var lost = new List<string>();
        using var admin = new HttpClient { BaseAddress = server.Url };
        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(PauseMsMin, PauseMsMax + 1)));
            if (MovesTenant) moves += await MoveAsync(admin, cancelled);
            await pause.WaitForNextTickAsync(cancelled);
            await server.KillAsync();
            load.Gate.Close();
            if (Power is not null) lost.Add(await Power.LoseAsync(server.Data, random.Next()));
            recoveries.Add(await server.StartAgainAsync());
            load.Gate.Open();
            if (cycle % 50 == 0)
                await Console.Error.WriteLineAsync($"{cycle} of {Cycles} cycles, {load.Ledger.Sends.Count} sends");
        }

        await load.DrainAsync();
        server.AssertNothingFailed();
        return new CampaignReport(this, load.Ledger, Verdict.Of(load.Ledger), recoveries, lost) { Moves = moves };
    }

    /// <summary>Begins to move the tenant to where it is not.</summary>
    /// <returns>1 if the move of the cycle before had come to its end, else 0.</returns>
    private async Task<int> MoveAsync(HttpClient admin, CancellationToken cancelled)
    {
        var path = $"/_weir/admin/tenants/{Account.Of("kill")}";
        var present = JsonNode.Parse(await admin.GetStringAsync(path, cancelled))!["placement"]!.ToString();
        var moved = present == _wanted ? 1 : 0;
        _wanted = present == "pool" ? "silo" : "pool";
        using var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new StringContent($$"""{"placement":"{{_wanted}}"}""", null, "application/json"),
        };
        request.Headers.Add("Prefer", "respond-async");
        using var answer = await admin.SendAsync(request, cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancelled));
        return moved;
    }

    private static async Task MakeTenantAsync(Uri url, CancellationToken cancelled)
    {
        using var admin = new HttpClient { BaseAddress = url };
        using var body = new StringContent("{}", null, "application/json");
        using var answer = await admin.PutAsync($"/_weir/admin/tenants/{Account.Of("kill")}", body, cancelled);
        answer.EnsureSuccessStatusCode();
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>What came of a campaign.</summary>
/// <param name="PowerLosses">What each loss of power took, in words; empty when there was none.</param>
public sealed record CampaignReport(
    Campaign Campaign, Ledger Ledger, Verdict Verdict, List<TimeSpan> Recoveries, List<string> PowerLosses)
{
    /// <summary>Moves of the tenant that came to their end before the kill.</summary>
    public int Moves { get; init; }

    public override string ToString()
    {
        var sorted = Recoveries.Select(recovery => recovery.TotalMilliseconds).Order().ToList();
        var deleted = Ledger.Deletes.Where(delete => delete.Outcome == Outcome.Ok).ToList();
        var took = PowerLosses.Count(static loss => !loss.StartsWith("0 unsynced writes", StringComparison.Ordinal));
        var (ok, failed, unknown) =
            (Ledger.Count(Outcome.Ok), Ledger.Count(Outcome.Failed), Ledger.Count(Outcome.Unknown));
        var (p50, p99) = (sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)]);
        var report = string.Create(CultureInfo.InvariantCulture, $"""
            {(PowerLosses.Count > 0 ? "power loss" : "kill -9")}: {Campaign.Cycles} cycles, seed {Campaign.Seed}
              sent      {ok} acknowledged, {failed} refused, {unknown} unknown
              received  {Ledger.Receives.Sum(receive => receive.Messages.Count)} in {Ledger.Receives.Count} answers
              deleted   {deleted.Count} acknowledged, {deleted.Count(one => !one.InLease)} of them after their lease
              lost      {Verdict.Lost}; promises broken: {Verdict.Broken.Count}
              recovery  p50 {p50:F0} ms, p99 {p99:F0} ms, longest {sorted[^1]:F0} ms
              moves     {Moves} of {(Campaign.MovesTenant ? Campaign.Cycles : 0)} came to their end before the kill
            """);
        return PowerLosses.Count == 0
            ? report
            : $"{report}\n  power     unsynced writes were lost in {took} of {PowerLosses.Count} cycles";
    }

    public void AssertNothingBroken()
    {
        Console.WriteLine(this);
        Assert.True(Verdict.Broken.Count == 0, $"{this}\n{string.Join('\n', Verdict.Broken.Take(50))}");
        Assert.True(Ledger.Count(Outcome.Ok) > Campaign.Cycles, $"Hardly anything was sent: {this}");
        Assert.True(Ledger.Count(Outcome.Unknown) > 0, $"No kill met a request under way: {this}");
    }
}
