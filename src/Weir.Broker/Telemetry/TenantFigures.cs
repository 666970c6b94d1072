using System.Numerics;
using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Broker.Telemetry;

/// <summary>What was done for a tenant since the process started.</summary>
/// <param name="Throttled">What was refused for each of its quotas.</param>
public readonly record struct TenantTotals(QueueTotals Queues, PushTotals Push, QuotaCounts Throttled)
    : IAdditionOperators<TenantTotals, TenantTotals, TenantTotals>,
        ISubtractionOperators<TenantTotals, TenantTotals, TenantTotals>
{
    public static TenantTotals operator +(TenantTotals left, TenantTotals right) => new(
        left.Queues + right.Queues, left.Push + right.Push, left.Throttled + right.Throttled);

    public static TenantTotals operator -(TenantTotals left, TenantTotals right) => new(
        left.Queues - right.Queues, left.Push - right.Push, left.Throttled - right.Throttled);

    /// <summary>The higher one of each.</summary>
    public static TenantTotals Max(TenantTotals left, TenantTotals right) => new(
        QueueTotals.Max(left.Queues, right.Queues), PushTotals.Max(left.Push, right.Push),
        QuotaCounts.Max(left.Throttled, right.Throttled));
}

/// <summary>A tenant at one moment: the sum of its queues, and what is known of the tenant itself.</summary>
/// <param name="Bytes">All that is stored for it, what no user's queue holds (deliveries, archives) too.</param>
/// <param name="PushWaiting">Messages that wait to be pushed or are being pushed.</param>
/// <param name="PushOldestSentUnixMs">When the oldest of them was sent.</param>
/// <param name="Quotas">How it stands by each; empty for several tenants together.</param>
public sealed record TenantFigures(
    string Account,
    QueueSum Queues,
    long Bytes,
    long PushWaiting,
    long? PushOldestSentUnixMs,
    TenantTotals Totals,
    IReadOnlyList<QuotaStanding> Quotas);
