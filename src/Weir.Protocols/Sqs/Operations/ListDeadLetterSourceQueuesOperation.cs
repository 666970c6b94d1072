using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Lists the queues whose redrive policy names a dead-letter queue, a page at a time.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html
internal sealed class ListDeadLetterSourceQueuesOperation : AwsOperation
{
    public override string Name => "ListDeadLetterSourceQueues";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var (after, max) = PageToken.Read(call);
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(new ListDeadLetterSourcesCommand(queue, after, max));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        QueuePageWriter.Write(call, SqsMembers.SourceQueueUrls, outcome.Value);
        return null;
    }
}
