using System.Numerics;
using Weir.Broker.Delivery;
using Weir.Broker.Tenants;
using Weir.Engine;

namespace Weir.Broker.Telemetry;

/// <summary>What was done for a tenant since the process started.</summary>
/// <param name="ThrottledByRequests">Requests refused for the quota of requests a second; likewise by bytes.</param>
public readonly record struct TenantTotals(
    QueueTotals Queues, PushTotals Push, long ThrottledByRequests, long ThrottledByBytes)
    : IAdditionOperators<TenantTotals, TenantTotals, TenantTotals>,
        ISubtractionOperators<TenantTotals, TenantTotals, TenantTotals>
{
    public static TenantTotals operator +(TenantTotals left, TenantTotals right) => new(
        left.Queues + right.Queues, left.Push + right.Push, left.ThrottledByRequests + right.ThrottledByRequests,
        left.ThrottledByBytes + right.ThrottledByBytes);

    public static TenantTotals operator -(TenantTotals left, TenantTotals right) => new(
        left.Queues - right.Queues, left.Push - right.Push, left.ThrottledByRequests - right.ThrottledByRequests,
        left.ThrottledByBytes - right.ThrottledByBytes);

    /// <summary>The higher one of each.</summary>
    public static TenantTotals Max(TenantTotals left, TenantTotals right) => new(
        QueueTotals.Max(left.Queues, right.Queues), PushTotals.Max(left.Push, right.Push),
        Math.Max(left.ThrottledByRequests, right.ThrottledByRequests),
        Math.Max(left.ThrottledByBytes, right.ThrottledByBytes));
}

/// <summary>A tenant at one moment: the sum of its queues, and what is known of the tenant itself.</summary>
/// <param name="Bytes">All that is stored for it, what no user's queue holds (deliveries, archives) too.</param>
/// <param name="PushWaiting">Messages that wait to be pushed or are being pushed.</param>
/// <param name="PushOldestSentUnixMs">When the oldest of them was sent.</param>
public sealed record TenantFigures(
    string Account,
    QueueSum Queues,
    long Bytes,
    long PushWaiting,
    long? PushOldestSentUnixMs,
    TenantTotals Totals,
    QuotaHeadroom Headroom);
