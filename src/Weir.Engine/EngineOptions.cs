namespace Weir.Engine;

/// <summary>Limits of the engine. The defaults are those of Amazon SQS where it names one.</summary>
public sealed record EngineOptions
{
    /// <summary>Bits of a queue's id below the number of the shard that made the queue.</summary>
    internal const int QueueIdBits = 40;

    /// <summary>
    /// What tells the ids of this shard's queues from those of every other shard that there ever was: a queue keeps its
    /// id when its tenant moves. 0 to 8,388,607.
    /// </summary>
    public int ShardNumber { get; init; }

    /// <summary>
    /// Messages leased at once per queue: beyond it a standard queue refuses, a FIFO queue gives none.
    /// </summary>
    public int InFlightMax { get; init; } = 120_000;

    /// <summary>How long a deleted queue's name stays unusable. SQS asks 60 s; Weir asks nothing by default.</summary>
    public TimeSpan NameReuseDelay { get; init; } = TimeSpan.Zero;

    /// <summary>Time between two purges of one queue.</summary>
    public TimeSpan PurgeInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Deduplication ids remembered per queue, each for five minutes and about 80 bytes; beyond it sends are refused as
    /// overload. Enough for 3,000 messages a second, which is what SQS takes in batches without high throughput.
    /// </summary>
    public int DeduplicationIdsMax { get; init; } = 1_000_000;

    /// <summary>Messages that a backlog keeps in memory at its front before it keeps a tail.</summary>
    public int FrontMessagesMax { get; init; } = 256;

    /// <summary>Messages in the tail of a backlog beyond which the oldest of them go to the log as a run.</summary>
    public int TailMessagesMax { get; init; } = 16_384;

    /// <summary>
    /// Waiting messages in memory, of all queues together, beyond which tails are kept short. About 100 bytes each.
    /// </summary>
    public int HotMessagesMax { get; init; } = 1_000_000;

    /// <summary>What a tail is kept to when too much is in memory.</summary>
    public int ShortTailMessagesMax { get; init; } = 128;

    /// <summary>Messages of a run at most.</summary>
    public int RunMessagesMax { get; init; } = 1_024;

    /// <summary>Bytes of a run's block at most, if it has more than one message.</summary>
    public int RunBlockBytesMax { get; init; } = 256 << 10;

    /// <summary>
    /// Bytes of a run's contents at most, if it has more than one message: compaction writes them in one frame.
    /// </summary>
    public int RunContentBytesMax { get; init; } = 1 << 20;

    /// <summary>
    /// Entries of a queue beyond which dead letters that are older than those before them wait in line like all.
    /// </summary>
    public int EntriesOutOfAgeMax { get; init; } = 10_000;

    /// <summary>
    /// Messages of a queue that left it otherwise than by being deleted and are remembered, 32 bytes each.
    /// </summary>
    public int DeparturesMax { get; init; } = 1_000;

    /// <summary>Amazon SQS: messages in flight below which a group is not noisy, whatever its share.</summary>
    public int NoisyInFlightMin { get; init; } = 30;

    /// <summary>
    /// Amazon SQS: a group with more than this share of a standard queue's messages in flight, or of its processing
    /// time, is noisy.
    /// </summary>
    public int NoisySharePercent { get; init; } = 10;

    /// <summary>
    /// Processing time of this minute and the one before, in milliseconds, below which a group is not noisy by it: the
    /// shares of a queue where little happens say nothing.
    /// </summary>
    public long NoisyProcessingMsMin { get; init; } = 30_000;

    /// <summary>
    /// Messages with a group that may stand beside a standard queue's backlog because those of quiet groups go first,
    /// about 250 bytes each. As many again may be there because they came while others waited.
    /// </summary>
    public int PassedOverMax { get; init; } = 10_000;

    /// <summary>Waiting messages of one group that are in reach however deep the backlog is.</summary>
    public int InReachPerGroupMax { get; init; } = 1_000;

    /// <summary>
    /// Queues whose messages' waiting times are counted, about 200 bytes each: those that had traffic first.
    /// </summary>
    public int DwellTimesMax { get; init; } = 10_000;
}
