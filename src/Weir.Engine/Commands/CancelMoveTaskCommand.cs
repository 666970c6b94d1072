using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Ends a move task; what it moved stays moved.</summary>
public sealed class CancelMoveTaskCommand(QueueName source, Guid taskId) : Command<MoveTaskDescription>
{
    public override string? Account => source.Account;

    public override int RecordBytesMax => 256;

    internal override Outcome<MoveTaskDescription> Execute(Shard shard)
    {
        if (shard.State.FindTask(taskId) is not { } task || task.Source != source)
            return new Fault(FaultCode.ResourceNotFound, "The specified move task does not exist.");
        if (task.Status != MoveTaskStatus.Running)
        {
            return new Fault(FaultCode.Unsupported,
                $"Only active tasks can be cancelled; this one is {task.Status.ToString().ToUpperInvariant()}.");
        }

        shard.Emit(new MoveTaskEnded(taskId, MoveTaskStatus.Cancelled, FailureReason: null));
        return task.Describe();
    }
}
