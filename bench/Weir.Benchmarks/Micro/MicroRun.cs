using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Weir.Benchmarks.Micro;

/// <summary>Each step of a message's way alone: its time and what it allocates.</summary>
internal static class MicroRun
{
    public const string Argument = "micro";

    public static int Run(string[] arguments)
    {
        // Within this process: a project that BenchmarkDotNet generated would fall under this repository's build rules.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default);
        if (arguments.Length == 0) arguments = ["--filter", "*"];
        _ = BenchmarkSwitcher.FromAssembly(typeof(MicroRun).Assembly).Run(arguments, config);
        return 0;
    }
}
