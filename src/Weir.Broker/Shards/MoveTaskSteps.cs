using Weir.Engine.Commands;

namespace Weir.Broker.Shards;

/// <summary>
/// Steps the shard's move tasks, ten times a second while there are any. Owned by the shard's thread.
/// </summary>
internal sealed class MoveTaskSteps(ShardLoop loop, IdSource ids)
{
    private const long IntervalMs = 100;

    /// <summary>A tenth of a second at the highest rate, and as much again to catch up.</summary>
    private const int MessagesPerStepMax = 100;

    private readonly MoveTaskFilters _filters = new(loop);
    private long _lastUnixMs;

    public long? NextDueUnixMs => loop.Shard.HasRunningMoveTasks ? _lastUnixMs + IntervalMs : null;

    public void Step()
    {
        if (NextDueUnixMs is not { } due || due > loop.Shard.NowUnixMs) return;
        _lastUnixMs = loop.Shard.NowUnixMs;
        _filters.KeepOnly(loop.Shard.RunningMoveTasks);
        foreach (var taskId in loop.Shard.RunningMoveTasks.ToArray())
        {
            if (loop.Away.Has(loop.Shard.AccountOf(taskId))) continue;
            var messageIds = new Guid[MessagesPerStepMax];
            for (var i = 0; i < messageIds.Length; i++) messageIds[i] = ids.NewId();
            var step = new StepMoveTaskCommand(taskId, messageIds, _filters.Of(taskId));
            loop.MakeRoom(step.RecordBytesMax);

            // How the task fared is part of its state, which whoever started it reads; there is nobody to answer.
            _ = loop.Shard.Execute(step);
        }

        loop.Waiters.Serve();
    }
}
