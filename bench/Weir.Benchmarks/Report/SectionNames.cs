using System.Collections.Immutable;

namespace Weir.Benchmarks.Report;

/// <summary>The parts of the table, in its order; some are filled by several sections of the run.</summary>
internal static class SectionNames
{
    public const string Journal = "Journal, 1 KiB records";
    public const string Sqs = "SQS, 1 KiB messages, 64 connections where not said otherwise";
    public const string Peer = "Peer, 1 KiB durable messages, 100 outstanding";
    public const string Start = "Start, to the first answer of SQS";
    public const string Resources = "Resources of the server";
    public const string Deep = "A deep backlog, 1 KiB messages";
    public const string ManyQueues = "Many queues, ten messages of 1 KiB in each";
    public const string Checkpoint = "Checkpoint of the engine, a million hot entries";
    public const string Overload = "Overload, 1 KiB messages";
    public const string Compaction = "Long-lived messages beside a torrent of short-lived ones";

    public const string Topics = "Topics and buses, 1 KiB messages, 16 connections";

    public const string Push = "Push, 1 KiB messages, ten calls at once";
    public const string Schedules = "Schedules";
    public const string Rules = "Events past many rules, 16 connections";
    public const string Fairness = "Fair queues, 100 tenants, 100 consumers, a virtual clock";

    public static ImmutableArray<string> All { get; } =
    [
        Journal, Sqs, Peer, Start, Resources, Deep, ManyQueues, Checkpoint, Overload, Compaction, Topics, Push,
        Schedules, Rules, Fairness,
    ];
}
