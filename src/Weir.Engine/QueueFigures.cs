using System.Numerics;

namespace Weir.Engine;

/// <summary>What went through a queue since the process started. Begins at zero with each process.</summary>
/// <param name="Sent">Messages that were sent or published to it. What another queue dead-lettered to it, or a move
/// task brought, does not count.</param>
/// <param name="Received">Leases; a message that was received twice counts twice.</param>
/// <param name="Deleted">Messages that their consumers deleted.</param>
/// <param name="Expired">Messages dropped for their age.</param>
/// <param name="DeadLettered">Messages that left for the dead-letter queue.</param>
/// <param name="Dropped">Messages dropped to make room.</param>
/// <param name="GivenUp">Messages of deliveries, such as a webhook's, that were tried as often as they may be.</param>
/// <param name="Refused">Messages refused because the queue was full by its own limits.</param>
public readonly record struct QueueTotals(
    long Sent, long Received, long Deleted, long Expired, long DeadLettered, long Dropped, long GivenUp, long Refused)
    : IAdditionOperators<QueueTotals, QueueTotals, QueueTotals>,
        ISubtractionOperators<QueueTotals, QueueTotals, QueueTotals>
{
    public static QueueTotals operator +(QueueTotals left, QueueTotals right) => new(
        left.Sent + right.Sent, left.Received + right.Received, left.Deleted + right.Deleted,
        left.Expired + right.Expired, left.DeadLettered + right.DeadLettered, left.Dropped + right.Dropped,
        left.GivenUp + right.GivenUp, left.Refused + right.Refused);

    public static QueueTotals operator -(QueueTotals left, QueueTotals right) => new(
        left.Sent - right.Sent, left.Received - right.Received, left.Deleted - right.Deleted,
        left.Expired - right.Expired, left.DeadLettered - right.DeadLettered, left.Dropped - right.Dropped,
        left.GivenUp - right.GivenUp, left.Refused - right.Refused);

    /// <summary>The higher one of each.</summary>
    public static QueueTotals Max(QueueTotals left, QueueTotals right) => new(
        Math.Max(left.Sent, right.Sent), Math.Max(left.Received, right.Received),
        Math.Max(left.Deleted, right.Deleted), Math.Max(left.Expired, right.Expired),
        Math.Max(left.DeadLettered, right.DeadLettered), Math.Max(left.Dropped, right.Dropped),
        Math.Max(left.GivenUp, right.GivenUp), Math.Max(left.Refused, right.Refused));
}

/// <summary>A queue at the time of the answer, and what it did since the process started.</summary>
/// <param name="QueueId">Another one when a queue was deleted and made again under its name.</param>
/// <param name="Bytes">Of all messages' contents, as they are stored.</param>
/// <param name="OldestSentUnixMs">When the oldest message was sent, whatever its state; null: there is none.</param>
/// <param name="NoisyGroups">Groups of a standard queue that go last now.</param>
/// <param name="Dwell">From sending to the first receive; null: nothing was received yet, or too many queues have
/// theirs counted already (<see cref="EngineOptions.DwellTimesMax"/>).</param>
public sealed record QueueFigures(
    QueueName Name,
    long QueueId,
    QueueCounters Counters,
    long Bytes,
    long? OldestSentUnixMs,
    int NoisyGroups,
    QueueTotals Totals,
    DwellTimes? Dwell);

/// <summary>Some of the queues, in the order of their names.</summary>
/// <param name="Next">Where the next page starts; null on the last.</param>
/// <param name="Gone">What queues of users did that are gone, by their account; on the last page only.</param>
public sealed record QueueFiguresPage(
    IReadOnlyList<QueueFigures> Queues, QueueName? Next, IReadOnlyDictionary<string, QueueTotals> Gone);
