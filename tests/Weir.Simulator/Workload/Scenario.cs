using Weir.Broker;
using Weir.Engine;
using Weir.Journal;

namespace Weir.Simulator;

// All that a run does: the broker's options and the lines of the scenario. Both come from the seed; the shrinker takes
// lines out.
internal sealed record Scenario(int Seed, BrokerOptions Options, IReadOnlyList<Operation> Operations)
{
    // The disk's own lie, to see that it is found out: it says yes to every sync of a file, or of a directory, and does
    // nothing.
    public bool ForgetsSyncs { get; init; }

    public bool ForgetsDirectorySyncs { get; init; }

    // Pipes run between queues; else clients do everything themselves, and every answer of theirs is foretold.
    public bool IsFlow { get; init; }

    public static Scenario FromSeed(int seed)
    {
        var random = new Random(seed);
        var options = DrawOptions(random);
        var operations = new WorkloadGenerator(random, options).Many();
        return new Scenario(seed, WithFairness(options, seed), WithFlow(operations, options, seed));
    }

    // One seed in three has queues with limits, times to live and pacing, and moves with filters. Drawn apart from the
    // rest, so that the others are what they were.
    private static List<Operation> WithFlow(List<Operation> operations, BrokerOptions options, int seed)
    {
        if (seed % 3 != 0) return operations;
        var random = new Random(seed ^ 0x5EED);
        var takesChanges = options.Journal.FrameBytesMax > 1 << 20;
        for (var i = 0; i < operations.Count; i++)
        {
            operations[i] = operations[i] switch
            {
                CreateQueue create when random.Next(2) == 0 =>
                    create with { Setting = Setting.Flow, Value = random.Next(1_000) },
                Configure configure when random.Next(2) == 0 =>
                    configure with { Setting = Setting.Flow, Value = random.Next(1_000) },
                StartMove move when !Queues.Names[move.Source].HasFifoSuffix && random.Next(2) == 0 =>
                    move with { Where = random.Next(1_024) },
                _ => operations[i],
            };
            if (!takesChanges || random.Next(20) > 0) continue;
            var queue = random.Next(Queues.Names.Length);
            operations.Insert(++i, random.Next(3) switch
            {
                0 => new Configure(queue, Setting.Pause, random.Next(2)),
                1 => new Configure(queue, Setting.NoFlow, 0),
                _ => new Configure(queue, Setting.Flow, random.Next(1_000)),
            });
        }

        return operations;
    }

    public static Scenario FlowFromSeed(int seed)
    {
        var random = new Random(seed);

        var options = DrawOptions(random);
        options = options with
        {
            Engine = options.Engine with
            {
                InFlightMax = Pick(random, 12, 1000), DeduplicationIdsMax = Pick(random, 12, 1000),
            },
        };
        var operations = new FlowGenerator(random).Many();
        return new Scenario(seed, options, operations) { IsFlow = true };
    }

    // Drawn apart from the rest, so that what a seed found before is still what it finds.
    private static BrokerOptions WithFairness(BrokerOptions options, int seed)
    {
        var random = new Random(~seed);
        return options with
        {
            Engine = options.Engine with
            {
                NoisyInFlightMin = Pick(random, 1, 2, 30),
                NoisySharePercent = Pick(random, 10, 40),
                NoisyProcessingMsMin = Pick(random, 1_000, 30_000),
            },
        };
    }

    // As small as they can be, so that what takes a server hours happens within a few hundred operations.
    private static BrokerOptions DrawOptions(Random random)
    {
        // One seed in six has frames that take a changed configuration, whose record is bounded by a mebibyte.
        var isRoomy = random.Next(6) == 0;
        var frameBytes = isRoomy ? (1 << 20) + (64 << 10) : (16 << 10) + random.Next(16 << 10);
        var segmentBytes = (((frameBytes * 2) + 8192 + 4095) & ~4095) + (4096 * random.Next(4));
        return new BrokerOptions
        {
            Journal = new JournalOptions
            {
                Directory = "/weir",
                Writer = JournalWriter.Inline,
                FrameBytesMax = frameBytes,
                SegmentBytes = segmentBytes,
                ReserveBytes = segmentBytes + random.Next(segmentBytes),
                SpareSegmentsMax = random.Next(4),
            },
            Engine = new EngineOptions
            {
                InFlightMax = Pick(random, 3, 6, 12, 1000),
                DeduplicationIdsMax = Pick(random, 4, 12, 1000),
                FrontMessagesMax = Pick(random, 1, 2, 8),
                TailMessagesMax = Pick(random, 1, 3, 8),
                HotMessagesMax = Pick(random, 8, 1000),
                ShortTailMessagesMax = Pick(random, 1, 2),
                RunMessagesMax = Pick(random, 1, 2, 5),
                RunBlockBytesMax = Pick(random, 400, 2000),
                RunContentBytesMax = Pick(random, 1000, 4000),
            },
            CheckpointBytes = Pick(random, 2_000, 10_000, 40_000, 1_000_000),
            CompactionBytesPerSecond = Pick(random, 10_000, 16 << 20),
            CompactionSegmentsMin = Pick(random, 0, 0, 1),
            CheckpointUnitsPerStep = Pick(random, 1, 3, 1000),
        };
    }

    private static int Pick(Random random, params int[] values) => values[random.Next(values.Length)];
}
