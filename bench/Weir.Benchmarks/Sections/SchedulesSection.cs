using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// How late schedules fire, from the second at which they are due until the queue has the message: some due each second
/// for half a minute, then many in one second. They are whole seconds, so those of one second are due together. Half of
/// them are due once, half each hour; the rest of the schedules are due in another year.
/// </summary>
internal static class SchedulesSection
{
    private const int Connections = 16;
    private const string SpreadQueue = "spread";
    private const string BurstQueue = "burst";

    /// <summary>How long some are due each second.</summary>
    private const int SpreadSeconds = 30;

    /// <summary>Between the last of those and the second in which many are due.</summary>
    private const int PauseSeconds = 3;

    /// <summary>Making takes this much longer than was measured, before the first is due.</summary>
    private const double MakingMargin = 1.5;

    private static readonly DateTimeOffset AnotherYear = new(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("schedules");
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using (weir)
        {
            var burst = bench.Options.Schedules / 10;
            var spread = bench.Options.Schedules * 51 / 100;
            var resting = bench.Options.Schedules - spread - burst;
            foreach (var queue in (string[])[SpreadQueue, BurstQueue])
            {
                using var connection = await HttpConnection.OpenAsync(weir.Port);
                _ = (await connection.SendAsync(weir.Requests.CreateQueue(queue))).BodyOfSuccess;
            }

            bench.Say($"schedules, making {resting:#,0} that are not due");
            var making = await MakeAsync(weir, "rest", resting, SpreadQueue, _ => AnotherYear);
            var first = FirstDue(making * (spread + burst) / resting);
            bench.Say($"schedules, making {spread + burst:#,0} that are due");
            making += await MakeAsync(weir, "spread", spread, SpreadQueue, i => first.AddSeconds(i % SpreadSeconds));
            var all = first.AddSeconds(SpreadSeconds + PauseSeconds);
            making += await MakeAsync(weir, "burst", burst, BurstQueue, _ => all);
            AddMaking(bench, weir, making);
            if (DateTimeOffset.UtcNow > first) bench.Say("schedules, too late: some were due before all were there");

            bench.Say($"schedules, {spread:#,0} are due within {SpreadSeconds} s");
            var firing = UntilFiredAsync(weir, spread, burst);
            var peak = await ProcessFigures.PeakResidentBytesAsync(weir.Process.Id, firing);
            AddLateness(
                bench, $"{spread / SpreadSeconds:#,0} due each second", await LatenessAsync(weir, SpreadQueue, spread));
            AddLateness(bench, $"{burst:#,0} due in one second", await LatenessAsync(weir, BurstQueue, burst));
            bench.Add(new Row(
                SectionNames.Schedules, "highest memory while they fire", "MiB", [Samples.MebiBytes(peak)]));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static DateTimeOffset FirstDue(TimeSpan making)
    {
        var at = DateTimeOffset.UtcNow + (making * MakingMargin);
        return DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() + 2);
    }

    private static async Task<TimeSpan> MakeAsync(
        ServerProcess weir, string prefix, int count, string queue, Func<int, DateTimeOffset> due)
    {
        var requests = new ScheduleRequests(weir.Port);
        var next = -1;
        var clock = Stopwatch.StartNew();
        await SqsDriver.EachAsync(weir, Connections, async connection =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var name = $"{prefix}-{i}";

                // Their times go by seconds in turn, so that each second has as many of both.
                var isOnce = i / SpreadSeconds % 2 == 0;
                var request = isOnce ? requests.Once(name, due(i), queue) : requests.Hourly(name, due(i), queue);
                _ = (await connection.SendAsync(request)).BodyOfSuccess;
            }
        });
        return clock.Elapsed;
    }

    private static async Task UntilFiredAsync(ServerProcess weir, int spread, int burst)
    {
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        foreach (var (queue, count) in new[] { (SpreadQueue, spread), (BurstQueue, burst) })
        {
            while (await WaitingAsync(connection, weir.Requests.CountWaiting(queue)) < count)
                await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<int> WaitingAsync(HttpConnection connection, ReadOnlyMemory<byte> request)
    {
        using var answer = JsonDocument.Parse((await connection.SendAsync(request)).BodyOfSuccess);
        var count = answer.RootElement.GetProperty("Attributes").GetProperty("ApproximateNumberOfMessages");
        return int.Parse(count.GetString()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Milliseconds from the due time, which is the body, until the queue took the message.</summary>
    private static async Task<List<double>> LatenessAsync(ServerProcess weir, string queue, int count)
    {
        var lateness = new List<double>(count);
        var request = weir.Requests.ReceiveWithTimes(queue);
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        while (lateness.Count < count)
        {
            using var answer = JsonDocument.Parse((await connection.SendAsync(request)).BodyOfSuccess);
            foreach (var message in answer.RootElement.GetProperty("Messages").EnumerateArray())
            {
                var due = DateTimeOffset.Parse(
                    message.GetProperty("Body").GetString()!, CultureInfo.InvariantCulture);
                var sent = message.GetProperty("Attributes").GetProperty("SentTimestamp").GetString()!;
                lateness.Add(long.Parse(sent, CultureInfo.InvariantCulture) - due.ToUnixTimeMilliseconds());
            }
        }

        return lateness;
    }

    private static void AddMaking(Bench bench, ServerProcess weir, TimeSpan making) => bench.Add(
        new Row(SectionNames.Schedules, $"making {bench.Options.Schedules:#,0}", "s", [making.TotalSeconds]),
        new Row(
            SectionNames.Schedules, "CreateSchedule, 16 connections", "requests/s",
            [bench.Options.Schedules / making.TotalSeconds]),
        new Row(
            SectionNames.Schedules, $"memory, {bench.Options.Schedules:#,0} schedules", "MiB",
            [Samples.MebiBytes(ProcessFigures.ResidentBytes(weir.Process.Id))]));

    private static void AddLateness(Bench bench, string name, List<double> lateness) => bench.Add(
        new Row(SectionNames.Schedules, $"{name}, late by, p50", "ms", [Samples.Percentile(lateness, 0.5)]),
        new Row(SectionNames.Schedules, $"{name}, late by, p99", "ms", [Samples.Percentile(lateness, 0.99)]),
        new Row(SectionNames.Schedules, $"{name}, late by, at most", "ms", [lateness.Max()]));
}
