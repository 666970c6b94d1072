using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Gives up to ten received messages other visibility timeouts, each for itself.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html
internal sealed class ChangeMessageVisibilityBatchOperation : AwsOperation
{
    public override string Name => "ChangeMessageVisibilityBatch";

    public override string Permission => "ChangeMessageVisibility";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        if (Batch.Read(call, SqsMembers.VisibilityEntries) is not { } batch) return call.Fault;
        var changes = ReadChanges(batch);
        if (call.Fault is not null) return call.Fault;

        var results = Array.Empty<Outcome<Done>>() as IReadOnlyList<Outcome<Done>>;
        if (changes.Count > 0)
        {
            var outcome = await call.Broker.ExecuteAsync(new ChangeVisibilityCommand(queue, changes));
            if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
            results = outcome.Value;
        }

        var next = 0;
        for (var i = 0; i < batch.Entries.Length; i++)
        {
            if (batch[i] is null && results[next++].Fault is { } fault)
                batch[i] = SqsErrors.From(fault, call.Dialect);
        }

        batch.WriteSuccessful(call.Answer, SqsMembers.VisibilitySuccessful);
        batch.WriteFailed(call.Answer);
        return null;
    }

    /// <summary>The changes of those entries whose timeout is in range; the others fail in the batch.</summary>
    private static List<VisibilityChange> ReadChanges(Batch batch)
    {
        var changes = new List<VisibilityChange>(batch.Entries.Length);
        for (var i = 0; i < batch.Entries.Length; i++)
        {
            var handle = batch.Entries[i].Required(SqsMembers.ReceiptHandle).Text();
            var seconds = batch.Entries[i].Required(SqsMembers.VisibilityTimeout).Integer();
            batch[i] = Visibility.Check(seconds);
            if (batch[i] is null && handle is not null && seconds is { } timeout)
                changes.Add(new VisibilityChange(handle, TimeSpan.FromSeconds(timeout)));
        }

        return changes;
    }
}
