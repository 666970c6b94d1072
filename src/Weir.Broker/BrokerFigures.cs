using Weir.Broker.Shards;
using Weir.Journal;

namespace Weir.Broker;

/// <summary>What the broker holds and does, at one moment.</summary>
/// <param name="Messages">In all queues: visible, in flight and delayed.</param>
/// <param name="MessagesInMemory">Of those that wait for their first delivery; the fields of the rest are in the
/// log.</param>
/// <param name="LiveBytes">Bytes of the log that something refers to, about. Their share of
/// <see cref="JournalFigures.DiskBytes"/> is the live share.</param>
/// <param name="WaitingCommands">Commands that wait for execution.</param>
/// <param name="WaitingReceives">Receives that wait for a message.</param>
/// <param name="WaitingDepartures">Callers who wait for a message to leave its queue.</param>
public sealed record BrokerFigures(
    int Queues,
    long Messages,
    long MessagesInMemory,
    long LiveBytes,
    int WaitingCommands,
    int WaitingReceives,
    int WaitingDepartures,
    CompactionFigures Compaction,
    JournalFigures Journal)
{
    /// <summary>Shards that a tenant has for itself.</summary>
    public int Silos { get; init; }

    /// <summary>Requests refused because too many commands waited.</summary>
    public long RefusedAsOverload { get; init; }

    /// <summary>Requests refused because the disk was down to its reserve.</summary>
    public long RefusedForDisk { get; init; }

    /// <summary>True while the disk is down to its reserve: nothing new is stored.</summary>
    public bool IsLowOnSpace { get; init; }

    internal static BrokerFigures Of(IEnumerable<ShardThread> shards) =>
        shards.Select(Of).Aggregate(static (sum, one) => sum + one);

    private static BrokerFigures Of(ShardThread shard)
    {
        var loop = shard.Loop;
        return new BrokerFigures(
            loop.Shard.QueueCount, loop.Shard.MessageCount, loop.Shard.HotMessageCount, loop.Shard.Live.Bytes,
            loop.WaitingCount, loop.Waiters.Count, loop.Departures.Count, loop.Compaction.Figures,
            loop.Journal.Figures)
        {
            Silos = shard.Account is null ? 0 : 1,
            RefusedAsOverload = shard.RefusedAsOverload,
            RefusedForDisk = shard.RefusedForDisk,
            IsLowOnSpace = loop.Journal.IsLowOnSpace,
        };
    }

    public static BrokerFigures operator +(BrokerFigures left, BrokerFigures right) => new(
        left.Queues + right.Queues, left.Messages + right.Messages, left.MessagesInMemory + right.MessagesInMemory,
        left.LiveBytes + right.LiveBytes, left.WaitingCommands + right.WaitingCommands,
        left.WaitingReceives + right.WaitingReceives, left.WaitingDepartures + right.WaitingDepartures,
        left.Compaction + right.Compaction, left.Journal + right.Journal)
    {
        Silos = left.Silos + right.Silos,
        RefusedAsOverload = left.RefusedAsOverload + right.RefusedAsOverload,
        RefusedForDisk = left.RefusedForDisk + right.RefusedForDisk,
        IsLowOnSpace = left.IsLowOnSpace || right.IsLowOnSpace,
    };
}

/// <summary>What compaction did since the start.</summary>
/// <param name="CopiedBytes">Live bytes that were written again.</param>
/// <param name="ReclaimedBytes">What that freed, those copies taken off.</param>
/// <param name="BacklogBytes">Live bytes still to be copied in the round under way.</param>
public readonly record struct CompactionFigures(long CopiedBytes, long ReclaimedBytes, long BacklogBytes)
{
    public static CompactionFigures operator +(CompactionFigures left, CompactionFigures right) => new(
        left.CopiedBytes + right.CopiedBytes, left.ReclaimedBytes + right.ReclaimedBytes,
        left.BacklogBytes + right.BacklogBytes);
}
