using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Deletes a queue with all that is in it.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
internal sealed class DeleteQueueOperation : AwsOperation
{
    public override string Name => "DeleteQueue";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(new DeleteQueueCommand(queue));
        return outcome.IsOk ? null : SqsErrors.From(outcome.Fault, call.Dialect);
    }
}
