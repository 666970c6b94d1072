using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Answers the tags of a queue.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html
internal sealed class ListQueueTagsOperation : AwsOperation
{
    public override string Name => "ListQueueTags";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        if (outcome.Value.Tags.IsEmpty) return null;
        call.Answer.BeginMap(SqsMembers.Tags);
        foreach (var (key, value) in outcome.Value.Tags) call.Answer.Entry(key, value);
        call.Answer.EndMap();
        return null;
    }
}
