using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Lists the caller's queues in a region by a prefix of their names, a page at a time.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
internal sealed class ListQueuesOperation : AwsOperation
{
    public override string Name => "ListQueues";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var prefix = call.Input[SqsMembers.QueueNamePrefix].Text() ?? "";
        var (after, max) = PageToken.Read(call);
        if (call.Fault is not null) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(
            new ListQueuesCommand(call.Identity.Account, call.Identity.Region, prefix, after, max));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        var page = outcome.Value;
        if (page.Queues.Length > 0) QueuePageWriter.Write(call, SqsMembers.QueueUrls, page);
        return null;
    }
}
