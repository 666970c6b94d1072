using Weir.Engine;

namespace Weir.Simulator;

// Looks into a broker after each step, and counts what happened behind its answers.
internal sealed class Probe(Coverage coverage)
{
    private long _runs;
    private int _segments;
    private BrokerFiguresSeen _seen;
    private FlowCounters _flow;

    private readonly record struct BrokerFiguresSeen(long Copied, long Reclaimed, long Checkpoints);

    public static void Count(Coverage coverage, Call call)
    {
        coverage.Count("operations");
        if (call.Operation is Send) coverage.Count("acknowledged", call.Answer!.Count(character => character == '#'));
        if (call is { Operation: Publish publish, Answer: Answers.Published })
        {
            coverage.Count("publications");
            coverage.Count("published to queues", publish.Targets().Count());
            coverage.Count("passed on", call.Handles.Count);
        }

        if (call.Operation is Send send && call.Answer!.Contains('#') && send.Messages().Any(message =>
            call.Answer.Contains('#') && !call.Answer.Contains($" {message.Number}")))
            coverage.Count("deduplicated");
        coverage.Count("delivered", call.Received.Count);
        coverage.Count("dead letters", call.Received.Count(message => message.Lease.DeadLetterSource is not null));
        if (call is { IsParked: true, Received.Count: > 0 }) coverage.Count("long polls served");
        if (call.Answer is "InFlightLimit" or "Overloaded") coverage.Count("limits met");
        if (call.Operation is StartMove && call.Answer!.StartsWith("task", StringComparison.Ordinal))
            coverage.Count("moves");
        if (call is { Operation: StartMove { Where: not null } }
            && call.Answer!.StartsWith("task", StringComparison.Ordinal))
            coverage.Count("filtered moves");
        if (call.Answer!.Contains("QueueFull")) coverage.Count("refused by full queues");
        if (call is { Operation: Receive { Attempt: not null }, Received: [var first, ..] }
            && first.Lease.ReceiveCount > 0)
            coverage.Count("repeated receives");
    }

    public void Look(Weir.Broker.Broker broker)
    {
        var (loop, figures) = (broker.Loop, broker.Figures);
        var runs = loop.Shard.State.Queues.Sum(queue => (long)queue.Backlog.RunCount);
        CountFlow(loop.Shard.State.Queues.Select(queue => queue.Flow.Counters).ToList());
        coverage.Count("runs stored", runs - _runs);
        coverage.Count("runs loaded", _runs - runs);
        coverage.Count("recycled segments", _segments - figures.Journal.Segments);
        coverage.Count("relocated bytes", figures.Compaction.CopiedBytes - _seen.Copied);
        coverage.Count("compactions", figures.Compaction.ReclaimedBytes > _seen.Reclaimed ? 1 : 0);
        coverage.Count("checkpoints", figures.Journal.Checkpoints - _seen.Checkpoints);
        coverage.Count("checkpoints between commands", loop.Shard.State.Cut is null ? 0 : 1);
        (_runs, _segments) = (runs, figures.Journal.Segments);
        _seen = new(figures.Compaction.CopiedBytes, figures.Compaction.ReclaimedBytes, figures.Journal.Checkpoints);
    }

    private void CountFlow(List<FlowCounters> queues)
    {
        var sum = new FlowCounters(
            queues.Sum(flow => flow.OverflowDropped), queues.Sum(flow => flow.OverflowDeadLettered),
            queues.Sum(flow => flow.ExpiredDropped), queues.Sum(flow => flow.ExpiredDeadLettered));
        coverage.Count("dropped from full queues", sum.OverflowDropped - _flow.OverflowDropped);
        coverage.Count("dead letters of full queues", sum.OverflowDeadLettered - _flow.OverflowDeadLettered);
        coverage.Count("expired and dropped", sum.ExpiredDropped - _flow.ExpiredDropped);
        coverage.Count("expired and dead-lettered", sum.ExpiredDeadLettered - _flow.ExpiredDeadLettered);
        _flow = sum;
    }
}
