using System.Collections.Immutable;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Removes tags of a queue; a key that it has not is no error.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html
internal sealed class UntagQueueOperation : AwsOperation
{
    public override string Name => "UntagQueue";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var keys = new List<string>();
        foreach (var item in call.Input.Required(SqsMembers.TagKeys).Items())
        {
            if (item.Text() is { } key) keys.Add(key);
        }

        if (call.Fault is not null) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(
            new TagQueueCommand(queue, ImmutableDictionary<string, string>.Empty, keys));
        return outcome.IsOk ? null : SqsErrors.From(outcome.Fault, call.Dialect);
    }
}
