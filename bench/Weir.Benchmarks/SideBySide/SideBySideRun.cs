using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.Sections;

namespace Weir.Benchmarks.SideBySide;

/// <summary>Weir beside its ceilings and its peer, everything in turn in one run, one table at the end.</summary>
internal static class SideBySideRun
{
    public const string Argument = "side-by-side";

    /// <summary>The long ones run only when they are asked for by name.</summary>
    private static readonly (string Name, bool IsLong, Func<Bench, Task> RunAsync)[] Sections =
    [
        ("journal", false, JournalSection.RunAsync),
        ("sqs", false, SqsSection.RunAsync),
        ("start", false, StartSection.RunAsync),
        ("backlog", false, BacklogSection.RunAsync),
        ("allocations", false, AllocationSection.RunAsync),
        ("rabbitmq", false, PeerSection.RunAsync),
        ("deep", true, DeepSection.RunAsync),
        ("queues", true, ManyQueuesSection.RunAsync),
        ("checkpoint", true, CheckpointSection.RunAsync),
        ("overload", true, OverloadSection.RunAsync),
        ("compaction", true, CompactionSection.RunAsync),
        ("topics", true, TopicsSection.RunAsync),
        ("push", true, PushSection.RunAsync),
        ("schedules", true, SchedulesSection.RunAsync),
        ("rules", true, RulesSection.RunAsync),
        ("fairness", true, FairnessSection.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchOptions.Parse(arguments) is not { } options)
        {
            await Console.Error.WriteLineAsync(BenchOptions.Usage);
            return 64;
        }

        var machine = Machine.Read(options.Directory);
        if (machine.IsDiskInMemory)
        {
            await Console.Error.WriteLineAsync($"{options.Directory} lies in memory ({machine.Disk}); set TMPDIR.");
            return 64;
        }

        if (machine.IsBusy)
        {
            await Console.Error.WriteLineAsync(
                $"The machine is busy (load {machine.Load}): these figures will say more about that than about Weir.");
        }

        ChildProcess.IdFile = Path.Combine(options.Directory, "processes");
        var bench = new Bench(options);
        var at = DateTimeOffset.UtcNow;
        foreach (var (name, isLong, runAsync) in Sections)
        {
            if (options.Only == "" ? !isLong : name.StartsWith(options.Only, StringComparison.Ordinal))
                await runAsync(bench);
        }

        Console.WriteLine($"{at:yyyy-MM-dd}, {machine}{(options.IsQuick ? ", QUICK RUN: too short to quote" : "")}");
        Console.WriteLine();
        Table.Print(bench.Rows);
        if (options.Json is { } path) await JsonReport.WriteAsync(path, machine, at, bench.Rows);
        return 0;
    }
}
