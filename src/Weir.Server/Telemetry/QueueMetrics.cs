using Weir.Broker.Telemetry;
using Weir.Engine;

namespace Weir.Server.Telemetry;

/// <summary>The metrics of each queue, and of the rest of them together.</summary>
// https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/
internal static class QueueMetrics
{
    /// <summary>What stands for all that are not told apart.</summary>
    public const string Other = "other";

    private static readonly MetricTag[] OtherTags = Tags(Other, Other, Other);

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Total("messaging.client.sent.messages", "Messages sent or published to the queue.",
            totals => totals.Sent, Operation("send")),
        Total("messaging.client.consumed.messages", "Messages received from the queue, repeated receives included.",
            totals => totals.Received, Operation("receive")),
        Total("weir.queue.deleted.messages", "Messages deleted by their consumers.", totals => totals.Deleted),
        Total("weir.queue.expired.messages", "Messages dropped for their age.", totals => totals.Expired),
        Total("weir.queue.dead_lettered.messages", "Messages that left for the dead-letter queue.",
            totals => totals.DeadLettered),
        Total("weir.queue.dropped.messages", "Messages dropped to make room in the queue.", totals => totals.Dropped),
        Total("weir.queue.refused.messages", "Messages refused because the queue was full by its own limits.",
            totals => totals.Refused),
        new("weir.queue.messages", MetricKind.Gauge, "{message}", "Messages in the queue, by state.",
            snapshot => snapshot.Queues.SelectMany(queue => States(queue.Counters, Tags(queue)))
                .Concat(Rest(snapshot).SelectMany(rest => States(rest.Counters, OtherTags)))),
        Gauge("weir.queue.size", "By", "Contents of the queue's messages, as they are stored.",
            (queue, _) => queue.Bytes, (rest, _) => rest.Bytes),
        Gauge("weir.queue.oldest.age", "s", "Age of the oldest message in the queue; 0 when it is empty.",
            (queue, snapshot) => snapshot.AgeSeconds(queue.OldestSentUnixMs),
            (rest, snapshot) => snapshot.AgeSeconds(rest.OldestSentUnixMs)),
        Gauge("weir.queue.noisy_groups", "{group}", "Groups of a standard queue that go last now.",
            (queue, _) => queue.NoisyGroups, (rest, _) => rest.NoisyGroups),
        Dwell("weir.queue.dwell.p50", "Half of the messages were received sooner after sending, since the start.", 0.5),
        Dwell("weir.queue.dwell.p99", "99 of 100 messages were received sooner after sending, since the start.", 0.99),
        new("weir.queue.dwell", MetricKind.Histogram, "s", "Time from sending to the first receive.",
            snapshot => from queue in snapshot.Queues
                        where queue.Dwell is not null
                        select new MetricPoint(0, Tags(queue), queue.Dwell)),
    ];

    internal static IEnumerable<MetricPoint> States(QueueCounters counters, MetricTag[] tags) =>
    [
        new(counters.Visible, [.. tags, new("state", "visible")]),
        new(counters.InFlight, [.. tags, new("state", "in_flight")]),
        new(counters.Delayed, [.. tags, new("state", "delayed")]),
    ];

    private static MetricDefinition Total(
        string name, string about, Func<QueueTotals, long> read, params MetricTag[] more) => new(
        name, MetricKind.Counter, "{message}", about,
        snapshot => snapshot.Queues
            .Select(queue => new MetricPoint(read(queue.Totals), [.. Tags(queue), .. more]))
            .Concat(HasRest(snapshot) ? [new(read(snapshot.OtherTotals), [.. OtherTags, .. more])] : []));

    private static MetricDefinition Gauge(
        string name, string unit, string about, Func<QueueFigures, FigureSnapshot, double> read,
        Func<QueueSum, FigureSnapshot, double> readRest) => new(
        name, MetricKind.Gauge, unit, about,
        snapshot => snapshot.Queues.Select(queue => new MetricPoint(read(queue, snapshot), Tags(queue)))
            .Concat(Rest(snapshot).Select(rest => new MetricPoint(readRest(rest, snapshot), OtherTags))));

    private static MetricDefinition Dwell(string name, string about, double share) => new(
        name, MetricKind.Gauge, "s", about,
        snapshot => from queue in snapshot.Queues
                    let ms = queue.Dwell?.Quantile(share)
                    where ms is not null
                    select new MetricPoint(ms.Value / 1000, Tags(queue)));

    private static IEnumerable<QueueSum> Rest(FigureSnapshot snapshot) => HasRest(snapshot) ? [snapshot.Others] : [];

    private static bool HasRest(FigureSnapshot snapshot) =>
        snapshot.Others.Queues > 0 || snapshot.OtherTotals != default;

    private static MetricTag[] Tags(QueueFigures queue) =>
        Tags(queue.Name.Name, queue.Name.Account, queue.Name.Region);

    private static MetricTag[] Tags(string name, string tenant, string region) =>
    [
        new("messaging.destination.name", name), new("weir.tenant", tenant), new("cloud.region", region),
    ];

    private static MetricTag[] Operation(string name) =>
        [new("messaging.system", "weir"), new("messaging.operation.name", name)];
}
