using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Deletes received messages by their receipt handles, each for itself.</summary>
public sealed class DeleteCommand(QueueName queue, IReadOnlyList<string> receiptHandles)
    : Command<IReadOnlyList<Outcome<Done>>>
{
    public QueueName Queue { get; } = queue;

    public int Count => receiptHandles.Count;

    public override string? Account => Queue.Account;

    public override int RecordBytesMax => 64 * receiptHandles.Count;

    internal override Outcome<IReadOnlyList<Outcome<Done>>> Execute(Shard shard)
    {
        if (shard.State.Find(Queue) is not { } target) return Faults.QueueNotFound(Queue);
        var results = new Outcome<Done>[receiptHandles.Count];
        for (var i = 0; i < results.Length; i++) results[i] = Delete(shard, target, receiptHandles[i]);
        return results;
    }

    // Who deletes what is gone already is told that it is gone. A handle from before a later receive deletes nothing:
    // a standard queue says so by silence, as SQS does; a FIFO queue refuses, since the message is another's now.
    private static Outcome<Done> Delete(Shard shard, Queue target, string text)
    {
        if (!ReceiptHandle.TryParse(text, out var handle) || handle.QueueId != target.Id)
        {
            return new Fault(FaultCode.ReceiptHandleInvalid,
                "The input receipt handle is invalid: it is not one that this queue gave.");
        }

        if (target.Find(handle.Sequence) is not { } entry) return default(Done);
        var isCurrent = handle.ReceiveCount == entry.ReceiveCount;
        if (target is FifoQueue && !(isCurrent && entry.State == EntryState.Leased))
        {
            return Faults.Invalid($"Value {text} for parameter ReceiptHandle is invalid. "
                + "Reason: The receipt handle has expired.");
        }

        if (isCurrent) shard.Emit(new MessageDeleted(target.Id, entry.Sequence));
        return default(Done);
    }
}
