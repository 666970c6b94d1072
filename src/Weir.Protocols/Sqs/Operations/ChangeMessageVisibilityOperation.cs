using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Gives a received message another visibility timeout, counted from now.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
internal sealed class ChangeMessageVisibilityOperation : AwsOperation
{
    public override string Name => "ChangeMessageVisibility";

    public override bool HasResult => false;

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var handle = call.Input.Required(SqsMembers.ReceiptHandle).Text();
        var seconds = call.Input.Required(SqsMembers.VisibilityTimeout).Integer();
        if (QueueUrl.Read(call) is not { } queue || handle is null || seconds is not { } timeout) return call.Fault;
        if (Visibility.Check(seconds) is { } wrong) return wrong;
        var change = new VisibilityChange(handle, TimeSpan.FromSeconds(timeout));
        var outcome = await call.Broker.ExecuteAsync(new ChangeVisibilityCommand(queue, [change]));
        var fault = outcome.IsOk ? outcome.Value[0].Fault : outcome.Fault;
        return fault is null ? null : SqsErrors.From(fault, call.Dialect);
    }
}
