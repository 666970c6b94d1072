using System.Text.Json.Nodes;
using Weir.Broker;

namespace Weir.Server.Status;

/// <summary>The broker's figures as Weir shows them, in JSON; sizes in bytes.</summary>
internal static class StatusReport
{
    /// <summary>The share of the log that something still refers to; 1 when there is nothing in it.</summary>
    public static double LiveShare(BrokerFigures figures) => figures.Journal.DiskBytes == 0
        ? 1
        : Math.Min(1, figures.LiveBytes / (double)figures.Journal.DiskBytes);

    public static JsonObject Of(BrokerFigures figures) => new()
    {
        ["version"] = ServerVersion.Text,
        ["silos"] = figures.Silos,
        ["queues"] = figures.Queues,
        ["messages"] = new JsonObject
        {
            ["stored"] = figures.Messages,
            ["waitingInMemory"] = figures.MessagesInMemory,
        },
        ["log"] = new JsonObject
        {
            ["diskBytes"] = figures.Journal.DiskBytes,
            ["liveBytes"] = figures.LiveBytes,
            ["liveShare"] = Math.Round(LiveShare(figures), 3),
            ["segments"] = figures.Journal.Segments,
            ["spareSegments"] = figures.Journal.SpareSegments,
            ["bytesAppended"] = figures.Journal.BytesAppended,
            ["syncs"] = figures.Journal.Syncs,
            ["checkpoints"] = figures.Journal.Checkpoints,
        },
        ["compaction"] = new JsonObject
        {
            ["copiedBytes"] = figures.Compaction.CopiedBytes,
            ["reclaimedBytes"] = figures.Compaction.ReclaimedBytes,
            ["backlogBytes"] = figures.Compaction.BacklogBytes,
        },
        ["waiting"] = new JsonObject
        {
            ["commands"] = figures.WaitingCommands,
            ["receives"] = figures.WaitingReceives,
        },
        ["memoryBytes"] = Environment.WorkingSet,
    };
}
