using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Deletes up to ten received messages, each for itself.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html
internal sealed class DeleteMessageBatchOperation : AwsOperation
{
    public override string Name => "DeleteMessageBatch";

    public override string Permission => "DeleteMessage";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        if (Batch.Read(call, SqsMembers.DeleteEntries) is not { } batch) return call.Fault;
        var handles = new string[batch.Entries.Length];
        for (var i = 0; i < handles.Length; i++)
            handles[i] = batch.Entries[i].Required(SqsMembers.ReceiptHandle).Text() ?? "";
        if (call.Fault is not null) return call.Fault;

        var outcome = await call.Broker.ExecuteAsync(new DeleteCommand(queue, handles));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        for (var i = 0; i < handles.Length; i++)
        {
            if (outcome.Value[i].Fault is { } fault) batch[i] = SqsErrors.From(fault, call.Dialect);
        }

        batch.WriteSuccessful(call.Answer, SqsMembers.DeleteSuccessful);
        batch.WriteFailed(call.Answer);
        return null;
    }
}
