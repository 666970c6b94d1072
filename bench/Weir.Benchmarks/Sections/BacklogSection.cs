using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>A queue that nobody reads from: what it takes, and how long it takes to come back to it.</summary>
internal static class BacklogSection
{
    private const string Queue = "backlog";

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(Bench bench)
    {
        var messages = bench.Options.BacklogMessages;
        var directory = bench.NewDirectory("backlog");
        bench.Say($"backlog, sending {messages:#,0} messages");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        long resident;
        await using (weir)
        {
            using (var connection = await HttpConnection.OpenAsync(weir.Port))
                _ = (await connection.SendAsync(weir.Requests.CreateQueue(Queue))).BodyOfSuccess;
            await SqsDriver.FillAsync(weir, Queue, messages);
            await Task.Delay(Settle);
            resident = ProcessFigures.ResidentBytes(weir.Process.Id);
        }

        var residentAfter = new List<double>();
        var killed = await bench.RepeatAsync(
            "backlog, start after kill -9", () => RestartAsync(bench, directory, isStopped: false, residentAfter));
        _ = await RestartAsync(bench, directory, isStopped: true, residentAfter);
        var stopped = await bench.RepeatAsync(
            "backlog, start after a stop", () => RestartAsync(bench, directory, isStopped: true, residentAfter));
        bench.Add(
            new Row(SectionNames.Start, $"after a stop, with {messages:#,0} waiting", "ms", stopped),
            new Row(SectionNames.Start, $"after kill -9, with {messages:#,0} waiting", "ms", killed),
            new Row(SectionNames.Resources, $"memory, {messages:#,0} messages of 1 KiB sent and waiting", "MiB",
                [Samples.MebiBytes(resident)]),
            new Row(SectionNames.Resources, $"memory, restarted with {messages:#,0} waiting", "MiB", residentAfter));
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Starts, which is timed, and ends in one way or the other.</summary>
    private static async Task<double> RestartAsync(
        Bench bench, string directory, bool isStopped, List<double> resident)
    {
        var (weir, time) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using var _ = weir;
        await Task.Delay(Settle / 2);
        resident.Add(Samples.MebiBytes(ProcessFigures.ResidentBytes(weir.Process.Id)));
        if (isStopped) await weir.Process.StopAsync();
        return time.TotalMilliseconds;
    }
}
