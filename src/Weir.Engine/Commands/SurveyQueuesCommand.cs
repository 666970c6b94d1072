using System.Collections.Immutable;
using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>Tells how queues stand and what they did, a page at a time, those that no user made among them.</summary>
/// <param name="from">Start with this name, or behind it when it is gone; null for the first page.</param>
/// <param name="max">1 to 1,000 queues: each is brought to the present, about a microsecond.</param>
public sealed class SurveyQueuesCommand(QueueName? from, int max) : Command<QueueFiguresPage>
{
    public override string? Account => null;

    public override int RecordBytesMax => 0;

    internal override Outcome<QueueFiguresPage> Execute(Shard shard)
    {
        var state = shard.State;
        var queues = new List<QueueFigures>(Math.Min(max, state.Queues.Count));
        foreach (var name in state.NamesFrom(from ?? new QueueName("", "", "")))
        {
            if (queues.Count == max)
                return new QueueFiguresPage(queues, name, ImmutableDictionary<string, QueueTotals>.Empty);
            queues.Add(Describe(state.Find(name)!));
        }

        return new QueueFiguresPage(queues, null, new Dictionary<string, QueueTotals>(state.GoneTotals));
    }

    private static QueueFigures Describe(Queue queue) => new(
        queue.Name, queue.Id, queue.Counters, queue.ContentBytes, queue.OldestSentUnixMs,
        (queue as StandardQueue)?.NoisyGroupCount ?? 0, queue.Totals, queue.Dwell);
}
