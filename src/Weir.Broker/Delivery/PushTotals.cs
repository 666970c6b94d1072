using System.Numerics;

namespace Weir.Broker.Delivery;

/// <summary>What pushing did since the process started.</summary>
/// <param name="Attempts">Calls that took place, or failed to.</param>
/// <param name="Failed">Those of them that did not deliver.</param>
/// <param name="Dropped">Messages given up that no dead-letter queue took.</param>
public readonly record struct PushTotals(
    long Attempts, long Delivered, long Failed, long DeadLettered, long Dropped)
    : IAdditionOperators<PushTotals, PushTotals, PushTotals>, ISubtractionOperators<PushTotals, PushTotals, PushTotals>
{
    public static PushTotals operator +(PushTotals left, PushTotals right) => new(
        left.Attempts + right.Attempts, left.Delivered + right.Delivered, left.Failed + right.Failed,
        left.DeadLettered + right.DeadLettered, left.Dropped + right.Dropped);

    public static PushTotals operator -(PushTotals left, PushTotals right) => new(
        left.Attempts - right.Attempts, left.Delivered - right.Delivered, left.Failed - right.Failed,
        left.DeadLettered - right.DeadLettered, left.Dropped - right.Dropped);

    /// <summary>The higher one of each.</summary>
    public static PushTotals Max(PushTotals left, PushTotals right) => new(
        Math.Max(left.Attempts, right.Attempts), Math.Max(left.Delivered, right.Delivered),
        Math.Max(left.Failed, right.Failed), Math.Max(left.DeadLettered, right.DeadLettered),
        Math.Max(left.Dropped, right.Dropped));
}
