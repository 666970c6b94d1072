using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>A hundred thousand queues, each with a few messages: what they take, and how soon they are back.</summary>
internal static class ManyQueuesSection
{
    private const int Connections = 16;
    private const int MessagesEach = 10;

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("queues");
        var count = bench.Options.ManyQueues;
        bench.Say($"queues, making {count:#,0} of them");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using (weir)
        {
            var filling = FillAsync(weir, count);
            var peak = await ProcessFigures.PeakResidentBytesAsync(weir.Process.Id, filling);
            AddMemory(bench, $"highest memory, filling {count:#,0} queues", peak);
        }

        var resident = new List<double>();
        var ready = await bench.RepeatAsync("queues, start after kill -9", async () =>
        {
            var (again, time) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
            resident.Add(Samples.MebiBytes(ProcessFigures.ResidentBytes(again.Process.Id)));
            await again.DisposeAsync();
            return time.TotalMilliseconds;
        });
        bench.Add(
            new Row(SectionNames.ManyQueues, $"memory, restarted with {count:#,0} queues", "MiB", resident)
            {
                Goal = Goal.Below(1024, "MiB"),
            },
            new Row(SectionNames.ManyQueues, $"start after kill -9, {count:#,0} queues", "ms", ready)
            {
                Goal = Goal.Below(10_000, "ms"),
            });
        Directory.Delete(directory, recursive: true);
    }

    private static async Task FillAsync(ServerProcess weir, int count)
    {
        var next = 0;
        await SqsDriver.EachAsync(weir, Connections, async connection =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= count;)
            {
                _ = (await connection.SendAsync(weir.Requests.CreateQueue($"queue-{i}"))).BodyOfSuccess;
                _ = (await connection.SendAsync(weir.Requests.SendBatch($"queue-{i}", MessagesEach))).BodyOfSuccess;
            }
        });
    }

    private static void AddMemory(Bench bench, string name, long bytes) =>
        bench.Add(new Row(SectionNames.ManyQueues, name, "MiB", [Samples.MebiBytes(bytes)])
        {
            Goal = Goal.Below(1024, "MiB"),
        });
}
