using System.Globalization;
using Weir.WireTests.Server;

namespace Weir.WireTests.Crash;

/// <summary>
/// kill -9 under load, again and again, on the same data. The kernel keeps what was written but not yet synced, so
/// this tests recovery and the order of answers, not the syncing: that is the simulated disk's part.
/// </summary>
[Collection(nameof(Alone))]
public sealed class When_the_process_is_killed
{
    private const int Cycles = 20;
    private const int PauseMsMin = 50;
    private const int PauseMsMax = 2_000;
    private const string SeedVariable = "WEIR_KILL_SEED";

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_comes_back_or_out_of_order()
    {
        var seed = int.Parse(
            Environment.GetEnvironmentVariable(SeedVariable) ?? $"{Environment.TickCount & 0xFFFFFF}",
            CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var server = await WeirServer.StartAsync();
        await using var load = new Load(server, random);
        await load.StartAsync();

        var recoveries = new List<TimeSpan>();
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(PauseMsMin, PauseMsMax + 1)));
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            await server.KillAsync();
            load.Gate.Close();
            recoveries.Add(await server.StartAgainAsync());
            load.Gate.Open();
        }
        await load.DrainAsync();

        var verdict = Verdict.Of(load.Ledger);
        var summary = Summary(seed, recoveries, load.Ledger, verdict);
        Console.WriteLine(summary);
        Assert.True(verdict.Broken.Count == 0, $"{summary}\n{string.Join('\n', verdict.Broken.Take(50))}");
        Assert.True(load.Ledger.Count(Outcome.Ok) > Cycles, $"Hardly anything was sent: {summary}");
        Assert.True(load.Ledger.Count(Outcome.Unknown) > 0, $"No kill met a request under way: {summary}");
        server.AssertNothingFailed();
    }

    private static string Summary(int seed, List<TimeSpan> recoveries, Ledger ledger, Verdict verdict)
    {
        var sorted = recoveries.Select(recovery => recovery.TotalMilliseconds).Order().ToList();
        var (ok, failed, unknown) =
            (ledger.Count(Outcome.Ok), ledger.Count(Outcome.Failed), ledger.Count(Outcome.Unknown));
        var deleted = ledger.Deletes.Where(delete => delete.Outcome == Outcome.Ok).ToList();
        var late = deleted.Count(delete => !delete.InLease);
        return string.Create(CultureInfo.InvariantCulture, $"""
            kill -9: {Cycles} cycles, {SeedVariable}={seed}
              sent      {ok} acknowledged, {failed} refused, {unknown} unknown
              received  {ledger.Receives.Sum(receive => receive.Messages.Count)} in {ledger.Receives.Count} answers
              deleted   {deleted.Count} acknowledged, {late} of them after their lease
              lost      {verdict.Lost}
              recovery  p50 {sorted[Cycles / 2]:F0} ms, p99 {sorted[^1]:F0} ms
            """);
    }
}
