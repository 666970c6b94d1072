using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Protocols.Aws;
using Weir.Protocols.Aws.Codec;

namespace Weir.Protocols.Sqs.Operations;

/// <summary>Lists the latest move tasks of a dead-letter queue, newest first.</summary>
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html
internal sealed class ListMessageMoveTasksOperation : AwsOperation
{
    private const int ResultsMax = 10;

    public override string Name => "ListMessageMoveTasks";

    public override async ValueTask<AwsError?> ExecuteAsync(AwsCall call)
    {
        var max = call.Input[SqsMembers.MaxResults].Integer() ?? 1;
        if (QueueArnInput.Read(call, SqsMembers.SourceArn) is not { } source) return call.Fault;
        if (max is < 1 or > ResultsMax)
        {
            return AwsErrors.InvalidParameter(
                SqsMembers.MaxResults.Name, max, $"Must be between 1 and {ResultsMax}, if provided.");
        }

        var outcome = await call.Broker.ExecuteAsync(new ListMoveTasksCommand(source, max));
        if (!outcome.IsOk)
        {
            return outcome.Fault.Code == FaultCode.QueueNotFound
                ? QueueArnInput.NotFound(SqsMembers.SourceArn.Name)
                : SqsErrors.From(outcome.Fault, call.Dialect);
        }

        call.Answer.BeginList(SqsMembers.Results);
        foreach (var task in outcome.Value) Write(call.Answer, task);
        call.Answer.EndList();
        return null;
    }

    private static void Write(AnswerWriter answer, MoveTaskDescription task)
    {
        answer.BeginItem();
        if (task.Status == MoveTaskStatus.Running)
            answer.Text(SqsMembers.TaskHandle, MoveTaskHandle.Write(task.TaskId, task.Source));
        answer.Text(SqsMembers.Status, task.Status switch
        {
            MoveTaskStatus.Running => "RUNNING",
            MoveTaskStatus.Completed => "COMPLETED",
            MoveTaskStatus.Cancelled => "CANCELLED",
            _ => "FAILED",
        });
        answer.Text(SqsMembers.SourceArn, QueueArn.Write(task.Source));
        if (task.Destination is { } destination)
            answer.Text(SqsMembers.DestinationArn, QueueArn.Write(destination));
        if (task.RatePerSecond is { } rate) answer.Integer(SqsMembers.MessagesPerSecondMax, rate);
        answer.Integer(SqsMembers.Moved, task.Moved);
        answer.Integer(SqsMembers.ToMove, task.ToMove);
        if (task.FailureReason is { } reason) answer.Text(SqsMembers.FailureReason, reason);
        answer.Integer(SqsMembers.StartedTimestamp, task.StartedUnixMs);
        answer.EndItem();
    }
}
