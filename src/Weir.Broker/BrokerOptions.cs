using Weir.Engine;
using Weir.Journal;

namespace Weir.Broker;

/// <summary>How a broker runs.</summary>
public sealed record BrokerOptions
{
    public required JournalOptions Journal { get; init; }

    public EngineOptions Engine { get; init; } = new();

    /// <summary>
    /// Log bytes between two checkpoints: what a restart reads, and what a drained queue still holds on disk.
    /// </summary>
    public long CheckpointBytes { get; init; } = 256L << 20;

    /// <summary>
    /// What compaction may write per second while nobody else writes much; beyond it, no more than others write.
    /// </summary>
    public long CompactionBytesPerSecond { get; init; } = 16L << 20;

    /// <summary>
    /// What a checkpoint copies between two commands: about a millisecond's worth. A simulation takes less, so that
    /// commands come in between in small states, too.
    /// </summary>
    internal int CheckpointUnitsPerStep { get; init; } = 1_000;

    /// <summary>
    /// Segments' worth of dead bytes that compaction is not begun for, however little is live. A simulation takes none.
    /// </summary>
    internal int CompactionSegmentsMin { get; init; } = 2;

    /// <summary>Where pipes and schedules run: on the thread pool. A simulation has one thread, and decides the order.
    /// </summary>
    internal TaskScheduler LoopScheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Tenants with a shard of their own, each of which has a thread and a log.</summary>
    public int SilosMax { get; init; } = 64;

    /// <summary>Commands that may wait for execution, of each shard; one more is refused as overload.</summary>
    public int WaitingCommandsMax { get; init; } = 16_384;

    /// <summary>Their bytes; what would go beyond is refused as overload.</summary>
    public long WaitingBytesMax { get; init; } = 64L << 20;
}
