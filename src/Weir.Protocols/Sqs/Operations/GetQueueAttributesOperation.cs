using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Answers the attributes of a queue that are asked for by name, or All.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
internal sealed class GetQueueAttributesOperation : AwsOperation
{
    public override string Name => "GetQueueAttributes";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in call.Input[SqsMembers.AttributeNames].Items())
        {
            if (item.Text() is { } name) _ = names.Add(name);
        }

        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        foreach (var name in names)
        {
            if (!AttributeName.IsKnown(name)) return SqsErrors.InvalidAttributeName(name);
        }

        var outcome = await call.Broker.ExecuteAsync(new GetQueueCommand(queue));
        if (!outcome.IsOk) return SqsErrors.From(outcome.Fault, call.Dialect);
        if (names.Count > 0) new AttributeWriter(outcome.Value, names, call.Answer).Write();
        return null;
    }
}
