using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;
using Weir.Benchmarks.Tenants;

namespace Weir.Benchmarks.Sections;

/// <summary>One tenant at a hundred times its share beside 99 quiet ones: how long messages of those wait.</summary>
internal static class FairnessSection
{
    private const int Waiting = 100_000;
    private const double TimesBaselineMax = 2;

    public static Task RunAsync(Bench bench)
    {
        var baseline = Measure(bench, "nobody noisy", isNoisy: false, isGrouped: true, waiting: 0);
        var fair = Measure(bench, "one noisy", isNoisy: true, isGrouped: true, waiting: 0);
        var deep = Measure(bench, "one noisy, deep", isNoisy: true, isGrouped: true, Waiting);
        var unfair = Measure(bench, "one noisy, no groups", isNoisy: true, isGrouped: false, waiting: 0);
        var goal = Goal.RatioAtMost(TimesBaselineMax);
        bench.Add(
            Row("quiet p99 dwell, one tenant at 100 times its share", fair, baseline) with { Goal = goal },
            Row($"quiet p99 dwell, {Waiting:#,0} messages of it waiting before", deep, baseline) with { Goal = goal },
            Row("quiet p99 dwell, the same without group ids", unfair, baseline));
        return Task.CompletedTask;
    }

    private static List<double> Measure(Bench bench, string name, bool isNoisy, bool isGrouped, int waiting)
    {
        var results = new List<double>();
        for (var seed = 1; seed <= bench.Options.Rounds; seed++)
        {
            bench.Say($"fairness, {name}, seed {seed}");
            results.Add(new TenantLoad(seed, isNoisy, isGrouped, waiting).QuietP99Ms());
        }

        return results;
    }

    private static Row Row(string name, List<double> dwells, List<double> baseline) =>
        new(SectionNames.Fairness, name, "ms", dwells) { Against = "nobody noisy", Ceiling = baseline };
}
