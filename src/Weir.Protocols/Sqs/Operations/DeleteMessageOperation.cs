using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Deletes a received message by its receipt handle.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html
internal sealed class DeleteMessageOperation : AwsOperation
{
    public override string Name => "DeleteMessage";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var handle = call.Input.Required(SqsMembers.ReceiptHandle).Text();
        if (QueueUrl.Read(call) is not { } queue || handle is null) return call.Fault;
        var outcome = await call.Broker.ExecuteAsync(new DeleteCommand(queue, [handle]));
        var fault = outcome.IsOk ? outcome.Value[0].Fault : outcome.Fault;
        return fault is null ? null : SqsErrors.From(fault, call.Dialect);
    }
}
