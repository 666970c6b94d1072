using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>From the start of the process, on an empty directory, to the first answer of SQS.</summary>
internal static class StartSection
{
    private const string Section = "Start";

    public static async Task RunAsync(Bench bench)
    {
        var binary = await bench.RepeatAsync("start, the binary", () => StartAsync(bench, bench.Options.Weir));
        var script = await bench.RepeatAsync("start, ./run", () => StartAsync(bench, bench.Options.RunScript));
        bench.Add(
            new Row(Section, "weir serve, empty directory, to the first answer", "ms", binary)
            {
                Goal = Goal.Below(400, "ms"),
            },
            new Row(Section, "./run serve, built already, to the first answer", "ms", script));
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
