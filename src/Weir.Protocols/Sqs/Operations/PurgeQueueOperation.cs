using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Deletes every message of a queue, those in flight too; at most once a minute.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html
internal sealed class PurgeQueueOperation : AwsOperation
{
    public override string Name => "PurgeQueue";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(new PurgeQueueCommand(queue));
        return outcome.IsOk ? null : SqsErrors.From(outcome.Fault, call.Dialect);
    }
}
