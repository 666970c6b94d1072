using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Stops a move task; what it has moved stays moved.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html
internal sealed class CancelMessageMoveTaskOperation : AwsOperation
{
    public override string Name => "CancelMessageMoveTask";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var text = call.Input.Required(SqsMembers.TaskHandle).Text();
        if (call.Fault is not null || text is null) return call.Fault;
        if (MoveTaskHandle.Parse(text) is not var (taskId, source))
            return AwsErrors.InvalidParameter("Value for parameter TaskHandle is invalid.");
        if (source.Account != call.Identity.Account || source.Region != call.Identity.Region)
            return QueueArnInput.NotFound(SqsMembers.SourceArn.Name);
        var outcome = await call.Broker.ExecuteAsync(new CancelMoveTaskCommand(source, taskId));
        if (!outcome.IsOk)
        {
            return outcome.Fault.Code == FaultCode.QueueNotFound
                ? QueueArnInput.NotFound(SqsMembers.SourceArn.Name)
                : SqsErrors.From(outcome.Fault, call.Dialect);
        }

        call.Answer.Integer(SqsMembers.Moved, outcome.Value.Moved);
        return null;
    }
}
