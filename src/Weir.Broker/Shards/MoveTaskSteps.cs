using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Broker.Shards;

/// <summary>
/// Steps the shard's move tasks: each once in a round, ten rounds a second while there are few. Of many only some are
/// stepped at a time, tenants in turn, so that other commands come in between. Owned by the shard's thread.
/// </summary>
internal sealed class MoveTaskSteps(ShardLoop loop, IdSource ids)
{
    private const long RoundMs = 100;

    /// <summary>Between two parts of a round: by far the most of the time is for others.</summary>
    private const long PartMs = 10;

    /// <summary>Steps of a part: some milliseconds' worth when all of them look at contents.</summary>
    private const int StepsPerPart = 8;

    /// <summary>A tenth of a second at the highest rate, and as much again to catch up.</summary>
    private const int MessagesPerStepMax = 100;

    /// <summary>What a task may catch up with: after a pause it goes on at its rate, and not faster.</summary>
    private const int ArrearsMs = 200;

    private readonly MoveTaskFilters _filters = new(loop);
    private readonly Queue<Guid> _round = new();
    private readonly Dictionary<Guid, Pace> _paces = [];
    private long _nextUnixMs;

    public long? NextDueUnixMs => loop.Shard.HasRunningMoveTasks ? _nextUnixMs : null;

    public void Step()
    {
        if (NextDueUnixMs is not { } due || due > loop.Shard.NowUnixMs) return;
        if (_round.Count == 0) BeginRound();
        for (var steps = 0; steps < StepsPerPart && _round.TryDequeue(out var taskId); steps++)
        {
            if (loop.Shard.FindMoveTask(taskId) is not { Status: MoveTaskStatus.Running } task
                || loop.Away.Has(task.Source.Account))
                continue;
            Step(task);
        }

        _nextUnixMs = loop.Shard.NowUnixMs + (_round.Count == 0 ? RoundMs : PartMs);
        loop.Waiters.Serve();
    }

    private void BeginRound()
    {
        var running = loop.Shard.RunningMoveTasks;
        _filters.KeepOnly(running);
        foreach (var ended in _paces.Keys.Where(taskId => !running.Contains(taskId)).ToArray()) _paces.Remove(ended);
        var turns = running.Order()
            .GroupBy(taskId => loop.Shard.FindMoveTask(taskId)?.Source.Account)
            .SelectMany(tenant => tenant.Select((taskId, turn) => (taskId, turn)))
            .OrderBy(item => item.turn);
        foreach (var (taskId, _) in turns) _round.Enqueue(taskId);
    }

    private void Step(MoveTaskDescription task)
    {
        if (!_paces.TryGetValue(task.TaskId, out var pace)) _paces[task.TaskId] = pace = new Pace(task);
        var messageIds = new Guid[Math.Min(MessagesPerStepMax, pace.Left(task, loop.Shard.NowUnixMs))];
        for (var i = 0; i < messageIds.Length; i++) messageIds[i] = ids.NewId();
        var step = new StepMoveTaskCommand(task.TaskId, messageIds, _filters.Of(task.TaskId));
        loop.MakeRoom(step.RecordBytesMax);

        // How the task fared is part of its state, which whoever started it reads; there is nobody to answer.
        _ = loop.Shard.Execute(step);
    }

    private sealed class Pace(MoveTaskDescription task)
    {
        private long _leftThousandths;
        private long _moved = task.Moved;
        private long _unixMs = task.StartedUnixMs;

        /// <summary>How many messages may be moved now.</summary>
        public int Left(MoveTaskDescription task, long nowUnixMs)
        {
            long rate = task.RatePerSecond ?? MoveTaskDescription.RatePerSecondMax;
            _leftThousandths = Math.Min(
                _leftThousandths - (1_000 * (task.Moved - _moved)) + (rate * (nowUnixMs - _unixMs)),
                Math.Max(1_000, rate * ArrearsMs));
            (_moved, _unixMs) = (task.Moved, nowUnixMs);
            return (int)Math.Max(0, _leftThousandths / 1_000);
        }
    }
}
