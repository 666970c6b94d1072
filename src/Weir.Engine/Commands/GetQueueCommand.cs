using Weir.Engine.Queues;

namespace Weir.Engine.Commands;

/// <summary>Describes a queue as it stands.</summary>
public sealed class GetQueueCommand(QueueName name) : Command<QueueDescription>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 0;

    internal static QueueDescription Describe(Queue queue, long nowUnixMs) => new(
        queue.Name, queue.Config, queue.Tags, queue.Counters, queue.CreatedUnixMs, queue.ModifiedUnixMs,
        queue.Revision)
    {
        Flow = FlowOf(queue, nowUnixMs),
    };

    private static FlowStatus FlowOf(Queue queue, long nowUnixMs) => new(
        queue.LimitReached(1, 1), queue.DeliveryHold(nowUnixMs), queue.ContentBytes, queue.Flow.Refused,
        queue.Flow.Counters);

    internal override Outcome<QueueDescription> Execute(Shard shard) =>
        shard.State.Find(name) is { } queue ? Describe(queue, shard.NowUnixMs) : Faults.QueueNotFound(name);
}
