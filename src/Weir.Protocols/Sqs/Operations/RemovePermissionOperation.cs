using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Sqs.Attributes;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Removes the statement of a label from the queue's policy.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html
internal sealed class RemovePermissionOperation : AwsOperation
{
    public override string Name => "RemovePermission";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        if (QueueUrl.Read(call) is not { } queue) return call.Fault;
        var label = call.Input.Required(SqsMembers.Label).Text();
        if (call.Fault is not null || label is null) return call.Fault;
        return await ConfigEdit.ApplyAsync(call, queue, config =>
        {
            var policy = config.Opaque.GetValueOrDefault(AttributeName.Policy);
            return PolicyEditor.Remove(policy, label) is var (shrunk, left)
                ? (ConfigEdit.SetPolicy(left == 0 ? null : shrunk), null)
                : (null, AwsErrors.InvalidParameter(SqsMembers.Label.Name, label, "can't find label."));
        });
    }
}
