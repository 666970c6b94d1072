using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <param name="Timeout">From now on; 0 to 43,200 s. Zero makes the message visible at once.</param>
public readonly record struct VisibilityChange(string ReceiptHandle, TimeSpan Timeout);

/// <summary>Gives received messages another visibility timeout, each for itself.</summary>
public sealed class ChangeVisibilityCommand(QueueName queue, IReadOnlyList<VisibilityChange> changes)
    : Command<IReadOnlyList<Outcome<Done>>>
{
    /// <summary>Amazon SQS: a lease lasts at most 12 hours from its receive, however often it is extended.</summary>
    private const long LeaseMsMax = 12 * 60 * 60 * 1000;

    public QueueName Queue { get; } = queue;

    public int Count => changes.Count;

    public override string? Account => Queue.Account;

    public override int RecordBytesMax => 64 * changes.Count;

    internal override Outcome<IReadOnlyList<Outcome<Done>>> Execute(Shard shard)
    {
        if (shard.State.Find(Queue) is not { } target) return Faults.QueueNotFound(Queue);
        var results = new Outcome<Done>[changes.Count];
        for (var i = 0; i < results.Length; i++) results[i] = Change(shard, target, changes[i]);
        return results;
    }

    private static Outcome<Done> Change(Shard shard, Queue target, VisibilityChange change)
    {
        if (!ReceiptHandle.TryParse(change.ReceiptHandle, out var handle) || handle.QueueId != target.Id)
        {
            return new Fault(FaultCode.ReceiptHandleInvalid,
                "The input receipt handle is invalid: it is not one that this queue gave.");
        }

        if (target.Find(handle.Sequence) is not { } entry)
        {
            return Faults.Invalid($"Value {change.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: "
                + "Message does not exist or is not available for visibility timeout change.");
        }

        if (entry.State != EntryState.Leased || handle.ReceiveCount != entry.ReceiveCount)
        {
            return new Fault(FaultCode.MessageNotInFlight,
                "The message is not in flight: its visibility timeout ended, or it was received again.");
        }

        var visible = shard.NowUnixMs + (long)change.Timeout.TotalMilliseconds;
        if (visible > entry.LeasedUnixMs + LeaseMsMax)
        {
            return Faults.Invalid($"Value {change.Timeout.TotalSeconds:0} for parameter VisibilityTimeout is invalid. "
                + "Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].");
        }

        shard.Emit(new VisibilityChanged(target.Id, entry.Sequence, visible, IsRepeat: false));
        return default(Done);
    }
}
