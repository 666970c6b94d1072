using Weir.Broker.Telemetry;
using Weir.Broker.Tenants;

namespace Weir.Server.Telemetry;

/// <summary>The metrics of each tenant, and of the rest of them together.</summary>
internal static class TenantMetrics
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Gauge("weir.tenant.queues", "{queue}", "Queues that the tenant has.", (one, _) => one.Queues.Queues),
        new("weir.tenant.messages", MetricKind.Gauge, "{message}", "Messages in the tenant's queues, by state.",
            snapshot => Each(snapshot).SelectMany(one => QueueMetrics.States(one.Figures.Queues.Counters, one.Tags))),
        Gauge("weir.tenant.size", "By", "All that is stored for the tenant, archives and deliveries too.",
            (one, _) => one.Bytes),
        Gauge("weir.tenant.oldest.age", "s", "Age of the oldest message in the tenant's queues; 0: there is none.",
            (one, snapshot) => snapshot.AgeSeconds(one.Queues.OldestSentUnixMs)),
        Gauge("weir.tenant.noisy_groups", "{group}", "Groups of the tenant's standard queues that go last now.",
            (one, _) => one.Queues.NoisyGroups),
        Total("weir.tenant.sent.messages", "Messages sent or published to its queues.", one => one.Queues.Sent),
        Total("weir.tenant.received.messages", "Messages received from its queues.", one => one.Queues.Received),
        Total("weir.tenant.deleted.messages", "Messages deleted by their consumers.", one => one.Queues.Deleted),
        Total("weir.tenant.expired.messages", "Messages dropped for their age.", one => one.Queues.Expired),
        Total("weir.tenant.dead_lettered.messages", "Messages that left for a dead-letter queue.",
            one => one.Queues.DeadLettered),
        Total("weir.tenant.dropped.messages", "Messages dropped to make room.", one => one.Queues.Dropped),
        Total("weir.tenant.refused.messages", "Messages refused by limits of queues.", one => one.Queues.Refused),
        new("weir.tenant.throttled.requests", MetricKind.Counter, "{request}",
            "What was refused for the tenant's quotas, by the quota.",
            snapshot => Each(snapshot).SelectMany(Throttled)),
        new("weir.tenant.quota.headroom", MetricKind.Gauge, "1",
            "What is left of a quota, or of a second's worth of it; none is shown for a tenant without quotas.",
            snapshot => ByQuota(snapshot, quota => quota.Headroom!.Value)),
        new("weir.tenant.quota.held", MetricKind.Gauge, "{quota}", "1 while a quota holds the tenant back, else 0.",
            snapshot => ByQuota(snapshot, quota => quota.HeldSince is null ? 0 : 1)),
        Total("weir.tenant.push.attempts", "Calls of webhooks, subscribed endpoints and API destinations.",
            one => one.Push.Attempts, "{call}"),
        Total("weir.tenant.push.failures", "Those of them that did not deliver.", one => one.Push.Failed, "{call}"),
        Total("weir.tenant.push.dead_lettered.messages", "Messages of deliveries that went to a dead-letter queue.",
            one => one.Push.DeadLettered),
        Total("weir.tenant.push.dropped.messages", "Messages of deliveries given up that no dead-letter queue took.",
            one => one.Push.Dropped),
        Gauge("weir.tenant.push.messages", "{message}", "Messages that wait to be pushed, or are being pushed.",
            (one, _) => one.PushWaiting),
        Gauge("weir.tenant.push.oldest.age", "s", "Age of the oldest of them; 0: there is none.",
            (one, snapshot) => snapshot.AgeSeconds(one.PushOldestSentUnixMs)),
    ];

    private static MetricDefinition Gauge(
        string name, string unit, string about, Func<TenantFigures, FigureSnapshot, double> read) => new(
        name, MetricKind.Gauge, unit, about,
        snapshot => Each(snapshot).Select(one => new MetricPoint(read(one.Figures, snapshot), one.Tags)));

    private static MetricDefinition Total(
        string name, string about, Func<TenantTotals, long> read, string unit = "{message}") => new(
        name, MetricKind.Counter, unit, about,
        snapshot => Each(snapshot).Select(one => new MetricPoint(read(one.Figures.Totals), one.Tags)));

    private static IEnumerable<(TenantFigures Figures, MetricTag[] Tags)> Each(FigureSnapshot snapshot)
    {
        foreach (var tenant in snapshot.Tenants) yield return (tenant, [new("weir.tenant", tenant.Account)]);
        var rest = snapshot.OtherTenants;
        if (rest.Totals != default || rest.Bytes > 0 || rest.Queues.Queues > 0)
            yield return (rest, [new("weir.tenant", QueueMetrics.Other)]);
    }

    // Those by the second are always shown, as a counter should be; the others once there is something to tell.
    private static IEnumerable<MetricPoint> Throttled((TenantFigures Figures, MetricTag[] Tags) one) =>
        QuotaNames.All
            .Select(quota => (Quota: quota, Refused: one.Figures.Totals.Throttled[quota]))
            .Where(count => count.Refused > 0 || count.Quota is Quota.Requests or Quota.Bytes
                || one.Figures.Quotas.Any(quota => quota.Quota == count.Quota && quota.Max is not null))
            .Select(count => new MetricPoint(
                count.Refused, [.. one.Tags, new("cause", QuotaNames.Tag(count.Quota))]));

    private static IEnumerable<MetricPoint> ByQuota(FigureSnapshot snapshot, Func<QuotaStanding, double> read) =>
        from one in Each(snapshot)
        from quota in one.Figures.Quotas
        where quota.Max is not null
        select new MetricPoint(read(quota), [.. one.Tags, new("quota", QuotaNames.Tag(quota.Quota))]);
}
