using System.Diagnostics.Metrics;
using Weir.Broker;

namespace Weir.Server.Status;

/// <summary>
/// The same figures as instruments of the meter <c>Weir</c>, for whatever listens to meters in the process.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "Weir";

    private readonly Meter _meter = new(MeterName, ServerVersion.Text);

    public ServerMetrics(Func<BrokerFigures> figures)
    {
        Gauge("weir.queues", "{queue}", "Queues there are.", one => one.Queues);
        Gauge("weir.messages", "{message}", "Messages stored: visible, in flight and delayed.", one => one.Messages);
        Gauge("weir.messages.in_memory", "{message}", "Waiting messages whose fields are in memory.",
            one => one.MessagesInMemory);
        Gauge("weir.log.size", "By", "The log on disk, spare segments included.", one => one.Journal.DiskBytes);
        Gauge("weir.log.live", "By", "Bytes of the log that something refers to.", one => one.LiveBytes);
        _meter.CreateObservableGauge("weir.log.live_share", () => StatusReport.LiveShare(figures()), "1",
            "The share of the log that something refers to.");
        Gauge("weir.compaction.backlog", "By", "Live bytes still to be copied in the round under way.",
            one => one.Compaction.BacklogBytes);
        Counter("weir.compaction.copied", "By", "Live bytes that compaction wrote again.",
            one => one.Compaction.CopiedBytes);
        Counter("weir.compaction.reclaimed", "By", "Bytes that compaction freed.",
            one => one.Compaction.ReclaimedBytes);
        Counter("weir.log.appended", "By", "Bytes appended to the log.", one => one.Journal.BytesAppended);
        Counter("weir.log.syncs", "{sync}", "Syncs of the log.", one => one.Journal.Syncs);
        Counter("weir.checkpoints", "{checkpoint}", "Checkpoints written.", one => one.Journal.Checkpoints);
        Gauge("weir.commands.waiting", "{command}", "Commands that wait for execution.", one => one.WaitingCommands);
        Gauge("weir.receives.waiting", "{receive}", "Receives that wait for a message.", one => one.WaitingReceives);

        void Gauge(string name, string unit, string about, Func<BrokerFigures, long> read) =>
            _meter.CreateObservableGauge(name, () => read(figures()), unit, about);

        void Counter(string name, string unit, string about, Func<BrokerFigures, long> read) =>
            _meter.CreateObservableCounter(name, () => read(figures()), unit, about);
    }

    public void Dispose() => _meter.Dispose();
}
