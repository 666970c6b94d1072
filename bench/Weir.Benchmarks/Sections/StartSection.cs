using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>From the start of the process, on an empty directory, to the first answer of SQS.</summary>
internal static class StartSection
{
    public static async Task RunAsync(Bench bench)
    {
        var binary = await bench.RepeatAsync("start, the binary", () => StartAsync(bench, bench.Options.Weir));
        var script = await bench.RepeatAsync("start, ./run", () => StartAsync(bench, bench.Options.RunScript));
        bench.Add(
            new Row(SectionNames.Start, "weir serve, empty directory", "ms", binary)
            {
                Goal = Goal.Below(400, "ms"),
            },
            new Row(SectionNames.Start, "./run serve, built already, empty directory", "ms", script));
    }

    private static async Task<double> StartAsync(Bench bench, string command)
    {
        var directory = bench.NewDirectory("start");
        var (weir, time) = await bench.Servers.StartWeirAsync(command, directory);
        await weir.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        return time.TotalMilliseconds;
    }
}
