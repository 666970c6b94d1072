using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Sets tags of a queue; those of other keys stay.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html
internal sealed class TagQueueOperation : AwsOperation
{
    public override string Name => "TagQueue";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var error = TagReader.Read(call.Input.Required(SqsMembers.Tags).Entries(SqsMembers.Tags), out var tags);
        if ((call.Fault ?? error) is { } wrong) return wrong;
        var outcome = await call.Broker.ExecuteAsync(new TagQueueCommand(queue, tags, []));
        return outcome.IsOk ? null : SqsErrors.From(outcome.Fault, call.Dialect);
    }
}
