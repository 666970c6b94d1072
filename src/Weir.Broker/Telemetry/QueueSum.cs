using Weir.Engine;

namespace Weir.Broker.Telemetry;

/// <summary>Several queues together, at one moment.</summary>
/// <param name="OldestSentUnixMs">When the oldest message of all was sent; null: there is none.</param>
public readonly record struct QueueSum(
    int Queues, QueueCounters Counters, long Bytes, long? OldestSentUnixMs, int NoisyGroups)
{
    public static QueueSum operator +(QueueSum sum, QueueFigures queue) => new(
        sum.Queues + 1,
        new QueueCounters(
            sum.Counters.Visible + queue.Counters.Visible, sum.Counters.InFlight + queue.Counters.InFlight,
            sum.Counters.Delayed + queue.Counters.Delayed),
        sum.Bytes + queue.Bytes,
        Older(sum.OldestSentUnixMs, queue.OldestSentUnixMs),
        sum.NoisyGroups + queue.NoisyGroups);

    public static QueueSum operator +(QueueSum left, QueueSum right) => new(
        left.Queues + right.Queues,
        new QueueCounters(
            left.Counters.Visible + right.Counters.Visible, left.Counters.InFlight + right.Counters.InFlight,
            left.Counters.Delayed + right.Counters.Delayed),
        left.Bytes + right.Bytes,
        Older(left.OldestSentUnixMs, right.OldestSentUnixMs),
        left.NoisyGroups + right.NoisyGroups);

    internal static long? Older(long? left, long? right) =>
        left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
}
