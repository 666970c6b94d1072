using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;
using Weir.Broker;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// One message of twenty stays, the others are received and deleted at once: what compaction writes again for that,
/// what the disk holds, and what producers notice.
/// </summary>
internal static class CompactionSection
{
    private const int Producers = 32;
    private const int BatchMessages = 10;
    private const int BatchesPerKept = 2;

    private static readonly QueueName Kept = new("000000000000", "us-east-1", "kept");
    private static readonly QueueName Torrent = new("000000000000", "us-east-1", "torrent");
    private static readonly byte[] Payload = new MessageContent { Body = new byte[1024] }.Encode();

    public static async Task RunAsync(Bench bench)
    {
        var directory = bench.NewDirectory("compaction");
        // Smaller than by default, so that the reserve is small beside what is live.
        var options = new BrokerOptions
        {
            Journal = new JournalOptions { Directory = directory, SegmentBytes = 16 << 20 },
            CheckpointBytes = 32 << 20,
        };
        await using var broker = new Broker.Broker(
            options, TimeProvider.System, IdSource.System, new FileDisk(), NullLogger<Broker.Broker>.Instance);
        foreach (var queue in (QueueName[])[Kept, Torrent])
        {
            _ = (await broker.ExecuteAsync(new CreateQueueCommand(
                queue, QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty))).Value;
        }

        var messages = bench.Options.IsQuick ? 400_000 : 6_000_000;
        bench.Say($"compaction, {messages:#,0} messages through the broker, one of twenty stays");
        var load = new Load(broker, messages);
        var work = Task.WhenAll(Enumerable.Range(0, Producers).Select(_ => Task.Run(load.ProduceAsync)));
        var disk = new List<double>();
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(200)));
            disk.Add(Excess(broker.Figures, options));
            if (disk.Count % 25 == 0) Say(bench, broker.Figures);
        }

        await work;
        AddRows(bench, broker.Figures, disk, load);
    }

    private static void Say(Bench bench, BrokerFigures figures) => bench.Say(
        $"compaction, live {Samples.MebiBytes(figures.LiveBytes):0} of "
        + $"{Samples.MebiBytes(figures.Journal.DiskBytes):0} MiB, "
        + $"{Samples.MebiBytes(figures.Compaction.CopiedBytes):0} MiB copied");

    private static void AddRows(Bench bench, BrokerFigures end, List<double> disk, Load load)
    {
        var own = end.Journal.BytesAppended - end.Compaction.CopiedBytes;
        bench.Add(
            new Row(SectionNames.Compaction, "bytes written for each byte that producers wrote", "",
                [end.Journal.BytesAppended / (double)own])
            {
                Goal = Goal.Below(2, ""),
            },
            new Row(SectionNames.Compaction, "disk, less the reserve, for each live byte, highest", "", [disk.Max()])
            {
                Goal = Goal.Below(2.5, ""),
            },
            new Row(SectionNames.Compaction, "a batch through the broker, p99, nothing is compacted", "ms",
                [Samples.Percentile(load.WhileIdle, 0.99)]),
            new Row(SectionNames.Compaction, "a batch through the broker, p99, while compaction copies", "ms",
                [Samples.Percentile(load.WhileCopying, 0.99)]));
    }

    /// <summary>
    /// The disk's bytes beyond the reserve, as a multiple of the live ones. The reserve is what the log may hold
    /// whatever is live: what two checkpoints leave, the segments under way, and spare ones.
    /// </summary>
    private static double Excess(BrokerFigures figures, BrokerOptions options)
    {
        var segment = options.Journal.SegmentBytes;
        var reserve = (2 * options.CheckpointBytes) + ((4L + figures.Journal.SpareSegments) * segment);
        return Math.Max(0, figures.Journal.DiskBytes - reserve) / (double)Math.Max(figures.LiveBytes, segment);
    }

    /// <summary>The producers and consumers of both queues.</summary>
    private sealed class Load(Broker.Broker broker, int messages)
    {
        private int _left = messages;

        /// <summary>Milliseconds of each batch while nothing is compacted.</summary>
        public List<double> WhileIdle { get; } = [];

        public List<double> WhileCopying { get; } = [];

        public async Task ProduceAsync()
        {
            for (var i = 1; Interlocked.Add(ref _left, -BatchMessages) >= 0; i++)
            {
                if (i % BatchesPerKept == 0) await SendAsync(Kept, 1);
                var start = Stopwatch.GetTimestamp();
                await SendAsync(Torrent, BatchMessages);
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var samples = broker.Figures.Compaction.BacklogBytes > 0 ? WhileCopying : WhileIdle;
                lock (samples) samples.Add(took);
                var received = await broker.ExecuteAsync(new ReceiveCommand(Torrent, BatchMessages, null, null));
                if (received.Value.Count == 0) continue;
                _ = (await broker.ExecuteAsync(new DeleteCommand(
                    Torrent, [.. received.Value.Select(static one => one.Receipt.ToString())]))).Value;
            }
        }

        private async Task SendAsync(QueueName queue, int count)
        {
            var entries = Enumerable.Range(0, count).Select(_ => new SendEntry
            {
                MessageId = broker.Ids.NewId(), Payload = Payload, ContentBytes = Payload.Length,
            });
            foreach (var outcome in (await broker.ExecuteAsync(new SendCommand(queue, [.. entries]))).Value)
                _ = outcome.Value;
        }
    }
}
