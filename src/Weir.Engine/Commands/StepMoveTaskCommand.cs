using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>
/// Moves as many messages as a task's rate allows by now, and ends the task when nothing visible is left. The broker
/// sends it about ten times a second.
/// </summary>
/// <param name="messageIds">New ids for moved messages; their number bounds the step.</param>
public sealed class StepMoveTaskCommand(Guid taskId, IReadOnlyList<Guid> messageIds) : Command<MoveTaskDescription>
{
    public override int RecordBytesMax =>
        (messageIds.Count * 128) + (Admission.EvictionsMax * Admission.EvictionBytes) + 1024;

    internal override Outcome<MoveTaskDescription> Execute(Shard shard)
    {
        var state = shard.State;
        if (state.FindTask(taskId) is not { } task)
            return new Fault(FaultCode.ResourceNotFound, "The move task is gone with its queue.");
        if (task.Status != MoveTaskStatus.Running) return task.Describe();
        var source = state.Get(task.SourceId);
        var due = DueBy(shard.NowUnixMs, task) - task.Moved;
        var step = (int)Math.Clamp(due, 0, messageIds.Count);
        var evictions = Admission.EvictionsMax;
        for (var i = 0; i < step; i++)
        {
            if (!source.TryPeekReady(out var message)) break;
            if (DestinationOf(shard, task, source, message, out var target) is { } failure)
            {
                shard.Emit(new MoveTaskEnded(taskId, MoveTaskStatus.Failed, failure));
                return task.Describe();
            }

            // A full queue is no failure: the task goes on when there is room.
            if (!Admission.Takes(shard, target!, message.Payload.Length)
                || (evictions == 0 && target!.LimitReached(1, message.Payload.Length) is not null))
                break;
            var sequence = target!.NextSequence;
            shard.Emit(new MessageMoved(source.Id, message.Sequence, target.Id, sequence, messageIds[i], taskId));
            Admission.MakeRoom(shard, target, sequence, ref evictions);
        }

        if (!source.HasReady)
            shard.Emit(new MoveTaskEnded(taskId, MoveTaskStatus.Completed, FailureReason: null));
        return task.Describe();
    }

    private static long DueBy(long nowUnixMs, MoveTask task)
    {
        var rate = task.RatePerSecond == 0 ? MoveTask.RatePerSecondMax : task.RatePerSecond;
        return rate * (nowUnixMs - task.StartedUnixMs) / 1000;
    }

    /// <summary>Finds where a message goes, or says why it cannot.</summary>
    private static string? DestinationOf(
        Shard shard, MoveTask task, Queue source, in Message message, out Queue? target)
    {
        target = null;
        if ((task.Destination ?? message.DeadLetterSource) is not { } name) return "CouldNotDetermineMessageSource";
        target = shard.State.Find(name);
        if (target is null) return "AWS.SimpleQueueService.NonExistentQueue";
        return target.Config.IsFifo == source.Config.IsFifo ? null : "AWS.SimpleQueueService.UnsupportedOperation";
    }
}
