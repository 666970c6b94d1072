using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Access;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Starts to move a dead-letter queue's messages back, or to a queue of choice.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
internal sealed class StartMessageMoveTaskOperation : AwsOperation
{
    private const int RateMax = 500;

    public override string Name => "StartMessageMoveTask";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var rate = call.Input[SqsMembers.MessagesPerSecondMax].Integer();
        var source = QueueArnInput.Read(call, SqsMembers.SourceArn);
        var destination = call.Input[SqsMembers.DestinationArn].IsAbsent
            ? null
            : QueueArnInput.Read(call, SqsMembers.DestinationArn);
        if (call.Fault is not null || source is null) return call.Fault;
        if (rate is < 1 or > RateMax)
        {
            return AwsErrors.InvalidParameter(
                SqsMembers.MessagesPerSecondMax.Name, rate, $"Must be between 1 and {RateMax}, if provided.");
        }

        foreach (var (action, on) in await MoveAccess.NeededAsync(call.Broker, source, destination))
        {
            if (AccessGate.Check(call, action, AwsResource.Of(call.Broker.Definitions, on)) is { } denied)
                return SqsErrors.Denied(denied);
        }

        var taskId = call.Broker.Ids.NewId();
        var outcome = await call.Broker.ExecuteAsync(new StartMoveTaskCommand(taskId, source, destination, rate));
        if (!outcome.IsOk) return ErrorOf(outcome.Fault, call.Dialect);
        call.Answer.Text(SqsMembers.TaskHandle, MoveTaskHandle.Write(taskId, source));
        return null;
    }

    // A second task on a queue is, to SQS, a wrong value of SourceArn.
    private static AwsError ErrorOf(Fault fault, WireDialect dialect) => fault.Code switch
    {
        FaultCode.Unsupported => AwsErrors.InvalidParameter(fault.Message),
        FaultCode.QueueNotFound => QueueArnInput.NotFound(SqsMembers.SourceArn.Name),
        _ => SqsErrors.From(fault, dialect),
    };
}
