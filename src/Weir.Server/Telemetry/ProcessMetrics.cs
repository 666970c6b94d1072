using Weir.Broker;
using Weir.Server.Status;

namespace Weir.Server.Telemetry;

/// <summary>The metrics of the whole process.</summary>
internal static class ProcessMetrics
{
    private static readonly MetricTag[] NoTags = [];

    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        Gauge("weir.queues", "{queue}", "Queues there are.", one => one.Queues),
        Gauge("weir.messages", "{message}", "Messages stored: visible, in flight and delayed.", one => one.Messages),
        Gauge("weir.messages.in_memory", "{message}", "Waiting messages whose fields are in memory.",
            one => one.MessagesInMemory),
        Gauge("weir.log.size", "By", "The log on disk, spare segments included.", one => one.Journal.DiskBytes),
        Gauge("weir.log.live", "By", "Bytes of the log that something refers to.", one => one.LiveBytes),
        Gauge("weir.log.live_share", "1", "The share of the log that something refers to.", StatusReport.LiveShare),
        Gauge("weir.disk.low", "{flag}", "1 while the disk is down to its reserve and nothing new is stored.",
            one => one.IsLowOnSpace ? 1 : 0),
        Gauge("weir.compaction.backlog", "By", "Live bytes still to be copied in the round under way.",
            one => one.Compaction.BacklogBytes),
        Counter("weir.compaction.copied", "By", "Live bytes that compaction wrote again.",
            one => one.Compaction.CopiedBytes),
        Counter("weir.compaction.reclaimed", "By", "Bytes that compaction freed.",
            one => one.Compaction.ReclaimedBytes),
        Counter("weir.log.appended", "By", "Bytes appended to the log.", one => one.Journal.BytesAppended),
        Counter("weir.log.syncs", "{sync}", "Syncs of the log.", one => one.Journal.Syncs),
        Counter("weir.checkpoints", "{checkpoint}", "Checkpoints written.", one => one.Journal.Checkpoints),
        Gauge("weir.commands.waiting", "{command}", "Commands that wait for execution.", one => one.WaitingCommands),
        Gauge("weir.receives.waiting", "{receive}", "Receives that wait for a message.", one => one.WaitingReceives),
        new("weir.refused.commands", MetricKind.Counter, "{command}", "Commands refused for the whole server's sake.",
            snapshot =>
            [
                new(snapshot.Broker.RefusedAsOverload, [new("cause", "overload")]),
                new(snapshot.Broker.RefusedForDisk, [new("cause", "disk_reserve")]),
            ]),
        Gauge("process.memory.usage", "By", "Memory of the process.", _ => Environment.WorkingSet),
    ];

    private static MetricDefinition Gauge(string name, string unit, string about, Func<BrokerFigures, double> read) =>
        new(name, MetricKind.Gauge, unit, about, snapshot => [new(read(snapshot.Broker), NoTags)]);

    private static MetricDefinition Counter(string name, string unit, string about, Func<BrokerFigures, double> read) =>
        new(name, MetricKind.Counter, unit, about, snapshot => [new(read(snapshot.Broker), NoTags)]);
}
