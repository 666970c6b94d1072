namespace Weir.Simulator;

// Takes out of a failing scenario what it does not need to fail: first large parts, then single lines.
internal static class Shrinker
{
    private const int RunsMax = 3_000;

    public static SimulationResult Shrink(SimulationResult failing)
    {
        var runs = 0;
        for (var part = Math.Max(1, failing.Scenario.Operations.Count / 2); part >= 1 && runs < RunsMax;)
        {
            var hasShrunk = false;
            for (var at = 0; at < failing.Scenario.Operations.Count && runs < RunsMax; runs++)
            {
                var lines = failing.Scenario.Operations.ToList();
                lines.RemoveRange(at, Math.Min(part, lines.Count - at));
                var result = Simulation.Run(failing.Scenario with { Operations = lines });
                if (result.Failure is null)
                {
                    at += part;
                    continue;
                }

                (failing, hasShrunk) = (result, true);
            }

            // The last lines go only when those behind them are gone, so single ones are tried until none goes.
            if (part > 1) part /= 2;
            else if (!hasShrunk) break;
        }

        return Simulation.Run(failing.Scenario, isTraced: true);
    }
}
