using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Simulation;

/// <summary>
/// The broker, its engine and its journal on a virtual clock and a disk that fails, beside an oracle.
/// <c>./run sim</c> runs more seeds.
/// </summary>
public sealed class SimulationTests
{
    private const int Parts = 4;
    private const int SeedsOfAPart = 750;

    private static readonly Coverage Covered = new();

    public static TheoryData<int> FirstSeeds() =>
        [.. Enumerable.Range(0, Parts).Select(part => 1 + (part * SeedsOfAPart))];

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void Nothing_acknowledged_is_lost_and_nothing_else_happens_that_must_not(int firstSeed)
    {
        var coverage = new Coverage();
        for (var seed = firstSeed; seed < firstSeed + SeedsOfAPart; seed++)
        {
            var result = Weir.Simulator.Simulation.Run(Scenario.FromSeed(seed));
            coverage.Add(result.Coverage);
            Assert.True(result.Failure is null, $"seed {seed} (./run sim --from {seed} --seeds 1): {result.Failure}");
        }

        lock (Covered)
        {
            Covered.Add(coverage);
            if (Covered["seeds"] == Parts * SeedsOfAPart) Assert.Empty(Covered.Missing);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (one, other) = (TraceOf(seed), TraceOf(seed));
            Assert.Equal(one, other);
        }
    }

    [Fact]
    public void A_failure_is_shrunk_to_what_it_needs()
    {
        // A disk that says it synced and did not: a scenario that loses something is found, and made small.
        var failing = Enumerable.Range(1, 300)
            .Select(seed => Weir.Simulator.Simulation.Run(Scenario.FromSeed(seed) with { ForgetsSyncs = true }))
            .First(result => result.Failure is not null);

        var shrunk = Shrinker.Shrink(failing);

        Assert.NotNull(shrunk.Failure);
        Assert.InRange(shrunk.Scenario.Operations.Count, 1, 20);
        Assert.True(shrunk.Scenario.Operations.Count < failing.Scenario.Operations.Count / 2);
    }

    private static List<string> TraceOf(int seed) =>
        Weir.Simulator.Simulation.Run(Scenario.FromSeed(seed), isTraced: true).Trace.Lines;
}
