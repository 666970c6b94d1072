using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using Weir.Benchmarks.Report;
using Weir.Benchmarks.SideBySide;
using Weir.Broker;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.State;

namespace Weir.Benchmarks.Sections;

/// <summary>
/// How long the shard's thread is away for a checkpoint: the longest of its steps, and of the sends between them.
/// </summary>
internal static class CheckpointSection
{
    /// <summary>As the broker's own steps.</summary>
    private const int UnitsPerStep = 1_000;

    private const double PauseMsMax = 20;
    private const int BatchMessages = 10;

    private static readonly byte[] Payload = new byte[64];

    public static async Task RunAsync(Bench bench)
    {
        var entries = bench.Options.IsQuick ? 100_000 : 1_000_000;
        await MeasureAsync(
            bench, $"{entries:#,0} delayed messages in one queue", shard => FillDelayed(shard, entries));
        await MeasureAsync(bench, $"{entries:#,0} leases in ten queues", shard => FillLeased(shard, "", entries / 10));
        await MeasureAsync(bench, $"{entries:#,0} leases in ten FIFO queues",
            shard => FillLeased(shard, ".fifo", entries / 10));
    }

    private static async Task MeasureAsync(Bench bench, string name, Action<Host> fill)
    {
        var host = new Host();
        fill(host);
        GC.Collect();
        var pauses = await bench.RepeatAsync($"checkpoint, {name}", () => Task.FromResult(LongestPauseMs(host)));
        bench.Add(new Row(SectionNames.Checkpoint, $"longest pause, {name}", "ms", pauses)
        {
            Goal = Goal.Below(PauseMsMax, "ms"),
        });
    }

    /// <summary>A checkpoint taken in steps, with a send to some queue between any two of them.</summary>
    private static double LongestPauseMs(Host host)
    {
        var longest = TimeSpan.Zero;
        CheckpointCut? cut = null;
        Time(() => cut = host.Shard.BeginCheckpoint());
        for (var i = 0; !cut!.IsComplete; i++)
        {
            var queue = host.Queues[i % host.Queues.Count];
            Time(() => host.Send(queue, 1, TimeSpan.Zero));
            Time(() => cut.Continue(UnitsPerStep));
        }

        return longest.TotalMilliseconds;

        void Time(Action step)
        {
            var start = Stopwatch.GetTimestamp();
            step();
            var took = Stopwatch.GetElapsedTime(start);
            if (took > longest) longest = took;
        }
    }

    private static void FillDelayed(Host host, int messages)
    {
        var queue = host.Create("delayed");
        for (var i = 0; i < messages; i += BatchMessages) host.Send(queue, BatchMessages, TimeSpan.FromMinutes(15));
    }

    private static void FillLeased(Host host, string suffix, int messagesEach)
    {
        for (var q = 0; q < 10; q++)
        {
            var queue = host.Create($"leased-{q}{suffix}");
            for (var i = 0; i < messagesEach; i += BatchMessages)
            {
                host.Send(queue, BatchMessages, delay: null);
                host.Receive(queue, BatchMessages);
            }
        }
    }

    /// <summary>A shard with frames that go nowhere: little enough waits that nothing is read back.</summary>
    private sealed class Host
    {
        private readonly ArrayBufferWriter<byte> _frame = new(64 << 10);
        private readonly IdSource _ids = IdSource.FromSeed(1);
        private uint _segment = 1;
        private uint _offset;

        public Shard Shard { get; } = new(
            new EngineOptions { HotMessagesMax = int.MaxValue },
            static (location, _) => throw new InvalidOperationException($"There is no log to read {location} from."));

        public List<QueueName> Queues { get; } = [];

        public QueueName Create(string queue)
        {
            var name = new QueueName("000000000000", "us-east-1", queue);
            _ = Execute(new CreateQueueCommand(
                name, QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty)).Value;
            Queues.Add(name);
            return name;
        }

        public void Send(QueueName queue, int count, TimeSpan? delay)
        {
            var isFifo = queue.HasFifoSuffix;
            var entries = new SendEntry[count];
            for (var i = 0; i < count; i++)
            {
                var id = _ids.NewId();
                entries[i] = new SendEntry
                {
                    MessageId = id, Payload = Payload, ContentBytes = Payload.Length, Delay = isFifo ? null : delay,
                    GroupId = isFifo ? $"group-{id}" : null, DeduplicationId = isFifo ? $"{id}" : null,
                };
            }

            foreach (var outcome in Execute(new SendCommand(queue, entries)).Value) _ = outcome.Value;
        }

        public void Receive(QueueName queue, int max)
        {
            var leases = Execute(new ReceiveCommand(queue, max, TimeSpan.FromHours(1), attemptId: null)).Value;
            if (leases.Count != max) throw new InvalidOperationException($"{leases.Count} of {max} were received.");
        }

        private Outcome<T> Execute<T>(Command<T> command)
        {
            _frame.ResetWrittenCount();
            if (_offset > 64 << 20) (_segment, _offset) = (_segment + 1, 0);
            Shard.BeginFrame(nowUnixMs: 1, _frame, _segment, _offset);
            var outcome = Shard.Execute(command);
            _offset += (uint)_frame.WrittenCount;
            return outcome;
        }
    }
}
