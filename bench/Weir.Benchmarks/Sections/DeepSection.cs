using Weir.Benchmarks.Http;
using Weir.Benchmarks.Processes;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// Millions of messages that wait in one queue, beside a server whose queue holds ten thousand: memory while it fills,
/// waits and drains, the rates of both in turn, and the way back from a kill.
/// </summary>
internal static class DeepSection
{
    private const string Queue = "deep";
    private const string Shallow = "10,000 waiting";
    private const int ShallowMessages = 10_000;
    private const int Consumers = 10;
    private const double MemoryMiBMax = 512;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("deep");
        var depth = $"{bench.Options.DeepMessages:#,0}";
        var (deep, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using (deep)
        {
            await CreateAsync(deep);
            bench.Say($"deep, sending {depth} messages");
            AddMemory(bench, $"filling up to {depth}", await ProcessFigures.PeakResidentBytesAsync(
                deep.Process.Id, FillAsync(bench, deep, bench.Options.DeepMessages)));
            AddMemory(bench, $"{depth} waiting", await ProcessFigures.PeakResidentBytesAsync(
                deep.Process.Id, Task.Delay(Settle)));
            await CompareAsync(bench, deep, depth);
        }

        var ready = await bench.RepeatAsync("deep, start after kill -9", async () =>
        {
            var (weir, time) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
            await weir.DisposeAsync();
            return time.TotalMilliseconds;
        });
        bench.Add(new Row(SectionNames.Deep, $"start after kill -9, {depth} waiting", "ms", ready)
        {
            Goal = Goal.Below(3000, "ms"),
        });
        await DrainAsync(bench, directory, depth);
        Directory.Delete(directory, recursive: true);
    }

    private static async Task CreateAsync(ServerProcess weir)
    {
        using var connection = await HttpConnection.OpenAsync(weir.Port);
        _ = (await connection.SendAsync(weir.Requests.CreateQueue(Queue))).BodyOfSuccess;
    }

    private static async Task FillAsync(Bench bench, ServerProcess weir, int messages)
    {
        const int parts = 10;
        for (var part = 1; part <= parts; part++)
        {
            await SqsDriver.FillAsync(weir, Queue, messages / parts);
            bench.Say($"deep, {messages / parts * part:#,0} sent, "
                + $"{Samples.MebiBytes(ProcessFigures.ResidentBytes(weir.Process.Id)):0} MiB");
        }
    }

    /// <summary>What goes in comes out again, so that the depth stays as it is.</summary>
    private static async Task CompareAsync(Bench bench, ServerProcess deep, string depth)
    {
        var (shallow, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, bench.NewDirectory("shallow"));
        await using var _s = shallow;
        await CreateAsync(shallow);
        await SqsDriver.FillAsync(shallow, Queue, ShallowMessages);
        bench.Say("deep, warming the shallow one up");
        for (var i = 0; i < 3; i++) _ = await RatesAsync(bench, shallow);
        var (few, many) = await bench.InTurnAsync(
            "deep, rates", () => RatesAsync(bench, shallow), () => RatesAsync(bench, deep));
        bench.Add(
            new Row(SectionNames.Deep, $"SendMessageBatch of 10, {depth} waiting", "messages/s",
                [.. many.Select(static one => one.Sent)])
            {
                Against = Shallow,
                Ceiling = [.. few.Select(static one => one.Sent)],
                Goal = Goal.RatioAtLeast(0.85),
            },
            new Row(SectionNames.Deep, $"receive and delete by tens, {depth} waiting", "messages/s",
                [.. many.Select(static one => one.Received)])
            {
                Against = Shallow,
                Ceiling = [.. few.Select(static one => one.Received)],
                Goal = Goal.RatioAtLeast(0.85),
            });
    }

    private static async Task<(double Sent, double Received)> RatesAsync(Bench bench, ServerProcess weir)
    {
        var messages = bench.Options.DrainMessages;
        var sending = await SqsDriver.TimedFillAsync(weir, Queue, messages);
        var receiving = await SqsDriver.DrainAsync(weir, Queue, messages, Consumers);
        return (messages / sending.TotalSeconds, messages / receiving.TotalSeconds);
    }

    private static async Task DrainAsync(Bench bench, string directory, string depth)
    {
        var (weir, _) = await bench.Servers.StartWeirAsync(bench.Options.Weir, directory);
        await using var _w = weir;
        bench.Say("deep, draining");
        var draining = SqsDriver.DrainAsync(weir, Queue, bench.Options.DeepMessages, Consumers);
        AddMemory(bench, $"draining {depth}", await ProcessFigures.PeakResidentBytesAsync(weir.Process.Id, draining));
        bench.Add(new Row(SectionNames.Deep, $"receive and delete until {depth} are gone", "messages/s",
            [bench.Options.DeepMessages / (await draining).TotalSeconds]));
    }

    private static void AddMemory(Bench bench, string name, long bytes) =>
        bench.Add(new Row(SectionNames.Deep, $"highest memory, {name}", "MiB", [Samples.MebiBytes(bytes)])
        {
            Goal = Goal.Below(MemoryMiBMax, "MiB"),
        });
}
