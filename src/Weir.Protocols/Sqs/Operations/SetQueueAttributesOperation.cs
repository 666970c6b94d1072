using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Changes attributes of a queue; those that are not named stay as they are.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
internal sealed class SetQueueAttributesOperation : AwsOperation
{
    public override string Name => "SetQueueAttributes";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var attributes = call.Input.Required(SqsMembers.Attributes).Entries(SqsMembers.Attributes);
        var reader = new AttributeReader(queue, isCreate: false);
        var error = reader.Read(attributes);
        if ((call.Fault ?? error) is { } wrong) return wrong;
        return await ApplyAsync(call, queue, reader);
    }

    // Only one kind of encryption goes at a time, so turning on that of SQS depends on what the queue has.
    private static async ValueTask<AwsError?> ApplyAsync(AwsCall call, QueueName queue, AttributeReader reader)
    {
        if (reader.SetsSqsManagedSse && !reader.RemovesKmsKey)
        {
            return await ConfigEdit.ApplyAsync(call, queue, config =>
                config.Opaque.ContainsKey(AttributeName.KmsMasterKeyId)
                    ? (null, SqsErrors.TwoEncryptions)
                    : (reader.Patch, null));
        }

        var outcome = await call.Broker.ExecuteAsync(new ConfigureQueueCommand(queue, reader.Patch));
        return outcome.IsOk ? null : SqsErrors.From(outcome.Fault, call.Dialect);
    }
}
