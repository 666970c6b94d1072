using System.Diagnostics;
using System.Globalization;

namespace Weir.Simulator;

internal static class CommandLine
{
    private const string Usage = """
        Weir.Simulator [--seeds N] [--from S] [--jobs J] [--flows] [--trace]

          --seeds N   how many seeds to run [default: 1000]
          --from S    the first of them [default: 1]
          --jobs J    how many at once [default: one for each processor]
          --flows     pipes between queues, and the account of every message, instead of clients whose every answer
                      is foretold
          --trace     write what happens, for a single seed

        A failure prints its seed, the scenario shrunk to what it needs, and the trace of that. Exit code 1: something
        failed; 2: nothing did, but something never happened, so the seeds prove too little.
        """;

    private const int FailuresMax = 5;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    public static int Run(string[] arguments, TextWriter output)
    {
        var (seeds, from, jobs, isTraced, isFlow) = (1_000, 1, Environment.ProcessorCount, false, false);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--trace") isTraced = true;
            else if (arguments[i] == "--flows") isFlow = true;
            else if (i + 1 == arguments.Length || !TryNumber(arguments[i + 1], out var number)) return Help(output);
            else if (arguments[i] == "--seeds") (seeds, i) = (number, i + 1);
            else if (arguments[i] == "--from") (from, i) = (number, i + 1);
            else if (arguments[i] == "--jobs") (jobs, i) = (number, i + 1);
            else return Help(output);
        }

        Func<int, Scenario> draw = isFlow ? Scenario.FlowFromSeed : Scenario.FromSeed;
        return isTraced ? Trace(draw(from), output) : RunMany(draw, isFlow, seeds, from, jobs, output);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int Help(TextWriter output)
    {
        output.WriteLine(Usage);
        return 64;
    }

    private static int Trace(Scenario scenario, TextWriter output)
    {
        var result = Simulation.Run(scenario, isTraced: true);
        result.Trace.Lines.ForEach(output.WriteLine);
        output.WriteLine(result.Failure is { } failure
            ? $"seed {scenario.Seed}: {failure}" : $"seed {scenario.Seed}: nothing failed");
        return result.Failure is null ? 0 : 1;
    }

    private static int RunMany(
        Func<int, Scenario> draw, bool isFlow, int seeds, int from, int jobs, TextWriter output)
    {
        var coverage = new Coverage();
        var (gate, clock, next, done, failed) = (new Lock(), Stopwatch.StartNew(), from - 1, 0, 0);
        var shown = TimeSpan.Zero;
        var threads = Enumerable.Range(0, jobs).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        output.WriteLine(coverage);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{done:#,0} seeds from {from}, {failed} failed, {clock.Elapsed.TotalSeconds:0} s"));
        var missing = coverage.MissingOf(isFlow).ToList();
        if (missing.Count > 0) output.WriteLine($"never happened: {string.Join(", ", missing)}");
        return failed > 0 ? 1 : missing.Count > 0 ? 2 : 0;

        void Work()
        {
            for (int seed; failed < FailuresMax && (seed = Interlocked.Increment(ref next)) < from + seeds;)
            {
                var result = Simulation.Run(draw(seed));
                var shrunk = result.Failure is null ? null : Shrinker.Shrink(result);
                lock (gate)
                {
                    done++;
                    coverage.Add(result.Coverage);
                    if (clock.Elapsed - shown > ProgressInterval)
                    {
                        shown = clock.Elapsed;
                        Console.Error.WriteLine($"{done} of {seeds} seeds, {failed} failed");
                    }

                    if (shrunk is null) continue;
                    failed++;
                    Report(output, seed, result, shrunk);
                }
            }
        }
    }

    private static void Report(TextWriter output, int seed, SimulationResult result, SimulationResult shrunk)
    {
        output.WriteLine($"seed {seed}: {result.Failure}");
        output.WriteLine($"shrunk from {result.Scenario.Operations.Count} operations to:");
        foreach (var operation in shrunk.Scenario.Operations) output.WriteLine($"  {operation}");
        output.WriteLine("which gives:");
        foreach (var line in shrunk.Trace.Lines) output.WriteLine($"  {line}");
        output.WriteLine($"  {shrunk.Failure}");
    }
}
