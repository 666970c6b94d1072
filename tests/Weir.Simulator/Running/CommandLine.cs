using System.Globalization;

namespace Weir.Simulator;

internal static class CommandLine
{
    public static int Run(string[] arguments, TextWriter output)
    {
        var (seeds, from) = (int.Parse(arguments[0], CultureInfo.InvariantCulture), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        var coverage = new Coverage();
        var failed = 0;
        for (var seed = from; seed < from + seeds; seed++)
        {
            var result = Simulation.Run(Scenario.FromSeed(seed), isTraced: arguments.Length > 2);
            coverage.Add(result.Coverage);
            if (arguments.Length > 2) result.Trace.Lines.ForEach(output.WriteLine);
            if (result.Failure is null) continue;
            failed++;
            output.WriteLine($"seed {seed}: {result.Failure}");
            if (failed > 8) break;
        }

        output.WriteLine(coverage);
        return failed == 0 ? 0 : 1;
    }
}
