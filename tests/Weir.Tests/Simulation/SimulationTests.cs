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
    private const int SeedsOfAPart = 400;

    private const int FlowSeedsOfAPart = 60;

    private static readonly Coverage Covered = new();
    private static readonly Coverage CoveredByFlows = new();

    public static TheoryData<int> FirstSeeds() =>
        [.. Enumerable.Range(0, Parts).Select(part => 1 + (part * SeedsOfAPart))];

    public static TheoryData<int> FirstSeedsOfFlows() =>
        [.. Enumerable.Range(0, Parts).Select(part => 1 + (part * FlowSeedsOfAPart))];

    [Theory]
    [MemberData(nameof(FirstSeeds))]
    public void Nothing_acknowledged_is_lost_and_nothing_else_happens_that_must_not(int firstSeed) =>
        Run(Scenario.FromSeed, firstSeed, SeedsOfAPart, Covered);

    [Theory]
    [MemberData(nameof(FirstSeedsOfFlows))]
    public void Pipes_pass_each_message_on_exactly_once(int firstSeed) =>
        Run(Scenario.FlowFromSeed, firstSeed, FlowSeedsOfAPart, CoveredByFlows);

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            Assert.Equal(TraceOf(Scenario.FromSeed(seed)), TraceOf(Scenario.FromSeed(seed)));
            Assert.Equal(TraceOf(Scenario.FlowFromSeed(seed)), TraceOf(Scenario.FlowFromSeed(seed)));
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

    private static void Run(Func<int, Scenario> draw, int firstSeed, int seeds, Coverage covered)
    {
        var (coverage, isFlow) = (new Coverage(), false);
        for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
        {
            var result = Weir.Simulator.Simulation.Run(draw(seed));
            isFlow = result.Scenario.IsFlow;
            coverage.Add(result.Coverage);
            var again = $"./run sim {(isFlow ? "--flows " : "")}--from {seed} --seeds 1";
            Assert.True(result.Failure is null, $"seed {seed} ({again}): {result.Failure}");
        }

        lock (covered)
        {
            covered.Add(coverage);
            if (covered["seeds"] == Parts * seeds) Assert.Empty(covered.MissingOf(isFlow));
        }
    }

    private static List<string> TraceOf(Scenario scenario) =>
        Weir.Simulator.Simulation.Run(scenario, isTraced: true).Trace.Lines;
}
