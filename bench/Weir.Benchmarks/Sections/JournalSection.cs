using System.Diagnostics;
using Weir.Benchmarks.Appending;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// The journal against a bare loop that writes and syncs the very batches that the journal made, byte for byte as many.
/// </summary>
internal static class JournalSection
{
    private const string Against = "bare write + fdatasync";
    private const int RecordBytes = 1024;
    private const double MebiByte = 1 << 20;

    private static readonly int[] Producers = [1, 64, 1024];

    public static async Task RunAsync(Bench bench)
    {
        using var loop = new AppendLoop(bench.NewDirectory("journal"));
        using var bare = new BareLoop(Path.Combine(bench.NewDirectory("bare"), "file"));
        var length = TimeSpan.FromSeconds(bench.Options.IsQuick ? 0.5 : 1);

        // Until the log has been checkpointed once every segment is new; afterwards they come back.
        bench.Say("journal, warming up until its segments are recycled");
        _ = await AppendAsync(loop, Producers[^1], 2 * length);
        foreach (var producers in Producers) await MeasureAsync(bench, loop, bare, producers, length);
    }

    private static async Task MeasureAsync(
        Bench bench, AppendLoop loop, BareLoop bare, int producers, TimeSpan length)
    {
        // The ceiling writes the batches of the Weir round before it, so one round goes ahead of the first.
        var last = await AppendAsync(loop, producers, length);
        var (ceiling, weir) = await bench.InTurnAsync(
            $"journal, {producers} at once",
            () => Task.FromResult(WriteBare(bare, last)),
            async () => last = await AppendAsync(loop, producers, length));
        var who = producers == 1 ? "1 producer" : $"{producers:#,0} producers";
        bench.Add(
            new Row(SectionNames.Journal, who, "records/s", [.. weir.Select(static one => one.PerSecond)])
            {
                Against = Against,
                Ceiling = [.. ceiling.Select(static one => one.PerSecond)],
                Goal = Goal.RatioAtLeast(0.8),
            },
            new Row(SectionNames.Journal, $"{who}, bytes", "MiB/s",
                [.. weir.Select(static one => one.BytesPerSecond / MebiByte)])
            {
                Against = Against,
                Ceiling = [.. ceiling.Select(static one => one.BytesPerSecond / MebiByte)],
            },
            new Row(SectionNames.Journal, $"{who}, records per sync", "records",
                [.. weir.Select(static one => (double)one.Records / one.FrameBytes.Length)]));
    }

    private static async Task<Appended> AppendAsync(AppendLoop loop, int producers, TimeSpan length)
    {
        var record = new byte[RecordBytes];
        Random.Shared.NextBytes(record);
        loop.FrameBytes.Clear();
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(ProduceAsync)));
        return new Appended(counts.Sum(), clock.Elapsed, [.. loop.FrameBytes]);

        async Task<long> ProduceAsync()
        {
            var appender = new Appender(loop, record);
            var count = 0L;
            for (; clock.Elapsed < length; count++) await appender.AppendAsync();
            return count;
        }
    }

    private static Appended WriteBare(BareLoop bare, Appended like) =>
        like with { Time = bare.Write(like.FrameBytes) };

    private sealed record Appended(long Records, TimeSpan Time, int[] FrameBytes)
    {
        public double PerSecond => Records / Time.TotalSeconds;

        public double BytesPerSecond => FrameBytes.Sum(static bytes => (long)bytes) / Time.TotalSeconds;
    }
}
