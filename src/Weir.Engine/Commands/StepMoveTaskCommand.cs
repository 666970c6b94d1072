using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>
/// Moves as many messages as a task's rate allows by now, and ends the task when nothing visible is left. The broker
/// sends it about ten times a second.
/// </summary>
/// <param name="messageIds">New ids for moved messages; their number bounds the step.</param>
/// <param name="isWanted">Whether a task with a filter moves the message.</param>
public sealed class StepMoveTaskCommand(
    Guid taskId, IReadOnlyList<Guid> messageIds, Func<StoredMessage, bool>? isWanted = null)
    : Command<MoveTaskDescription>
{
    /// <summary>How many messages a filter looks at in one step.</summary>
    private const int LookedAtMax = 500;

    /// <summary>Of the contents that a filter looks at in one step; the first is looked at, however large.</summary>
    private const long LookedAtBytesMax = 128 << 10;

    public override string? Account => null;

    public override int RecordBytesMax =>
        (messageIds.Count * 128) + (QueueRoom.EvictionsMax * QueueRoom.EvictionBytes) + 1024
        + (isWanted is null ? 0 : LookedAtMax * 32);

    internal override Outcome<MoveTaskDescription> Execute(Shard shard)
    {
        var state = shard.State;
        if (state.FindTask(taskId) is not { } task)
            return new Fault(FaultCode.ResourceNotFound, "The move task is gone with its queue.");
        if (task.Status != MoveTaskStatus.Running) return task.Describe();
        if (task.Filter is not null && isWanted is null)
        {
            shard.Emit(new MoveTaskEnded(taskId, MoveTaskStatus.Failed, "FilterNotUnderstood"));
            return task.Describe();
        }

        var source = state.Get(task.SourceId);
        var walk = new MoveTaskWalk(task, source, state.Options);
        var due = DueBy(shard.NowUnixMs, task) - task.Moved;
        var step = (int)Math.Clamp(due, 0, messageIds.Count);
        var evictions = QueueRoom.EvictionsMax;
        var (moved, lookedAt, bytes) = (0, 0, 0L);
        while (walk.TryPeek(out var message))
        {
            if (task.Filter is not null)
            {
                bytes += message.Payload.Length;
                if (++lookedAt > LookedAtMax || (lookedAt > 1 && bytes > LookedAtBytesMax)) break;
                if (!isWanted!(StoredMessages.Describe(source, message)))
                {
                    walk.PassBy(shard, message);
                    continue;
                }
            }

            if (moved == step) break;
            if (DestinationOf(shard, task, source, message, out var target) is { } failure)
            {
                shard.Emit(new MoveTaskEnded(taskId, MoveTaskStatus.Failed, failure));
                return task.Describe();
            }

            // A full queue is no failure: the task goes on when there is room.
            if (!QueueRoom.Takes(shard, target!, message.Payload.Length)
                || (evictions == 0 && target!.LimitReached(1, message.Payload.Length) is not null))
                break;
            var sequence = target!.NextSequence;
            shard.Emit(
                new MessageMoved(source.Id, message.Sequence, target.Id, sequence, messageIds[moved++], taskId));
            QueueRoom.MakeRoom(shard, target, sequence, ref evictions);
        }

        if (walk.TryPeek(out _)) return task.Describe();
        var ending = walk.IsOutOfReach
            ? new MoveTaskEnded(taskId, MoveTaskStatus.Failed, "TooManyMessagesBeforeTheNext")
            : new MoveTaskEnded(taskId, MoveTaskStatus.Completed, FailureReason: null);
        shard.Emit(ending);
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
