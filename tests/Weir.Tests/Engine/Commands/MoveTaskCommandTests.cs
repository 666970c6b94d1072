using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

/// <summary>Start, step, cancel and list: the moves of messages out of a dead-letter queue.</summary>
public sealed class MoveTaskCommandTests
{
    private static readonly QueueName Elsewhere = Named("elsewhere");

    private readonly EngineHarness _engine = new();

    public MoveTaskCommandTests()
    {
        _engine.Create(Failed);
        _engine.Create(Orders, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        _engine.Create(Elsewhere);
    }

    [Fact]
    public void Messages_go_back_to_where_they_came_from_as_new_ones()
    {
        var dead = DeadLetter(3);
        var task = Start(null);
        Assert.Equal((3, 0, MoveTaskStatus.Running), (task.ToMove, task.Moved, task.Status));
        _engine.AdvanceSeconds(1);
        var ended = Step(task.TaskId, 10);

        Assert.Equal((3, MoveTaskStatus.Completed), (ended.Moved, ended.Status));
        var messages = _engine.Receive(Orders);
        Assert.Equal(3, messages.Count);
        Assert.All(messages, message =>
        {
            Assert.Equal((1, _engine.NowUnixMs, null), (message.ReceiveCount, message.SentUnixMs, message.DeadLetterSource));
            Assert.DoesNotContain(message.MessageId, dead);
        });
        Assert.Equal(3, _engine.Shard.Live.Count);
    }

    [Fact]
    public void A_step_moves_what_the_rate_allows_by_now_and_no_more_than_its_ids()
    {
        for (var i = 0; i < 8; i++) _engine.Send(Failed);
        var task = Start(Elsewhere, rate: 2);
        Assert.Equal(0, Step(task.TaskId, 10).Moved);
        _engine.AdvanceSeconds(1.499);
        Assert.Equal(2, Step(task.TaskId, 10).Moved);
        Assert.Equal(2, Step(task.TaskId, 10).Moved);
        _engine.AdvanceSeconds(10);
        Assert.Equal(5, Step(task.TaskId, 3).Moved);
        var ended = Step(task.TaskId, 10);

        Assert.Equal((8, MoveTaskStatus.Completed), (ended.Moved, ended.Status));
        Assert.Equal(8, _engine.Counters(Elsewhere).Visible);
        Assert.Equal(ended, Step(task.TaskId, 10));
    }

    [Fact]
    public void A_cancelled_task_keeps_what_it_moved_and_cannot_be_cancelled_again()
    {
        for (var i = 0; i < 3; i++) _engine.Send(Failed);
        var task = Start(Elsewhere, rate: 1);
        _engine.AdvanceSeconds(1);
        Step(task.TaskId, 1);

        Assert.Equal(1, _engine.Do(new CancelMoveTaskCommand(Failed, task.TaskId)).Moved);
        Assert.Equal(FaultCode.Unsupported, _engine.Refused(new CancelMoveTaskCommand(Failed, task.TaskId)));
        Assert.Equal(MoveTaskStatus.Cancelled, Step(task.TaskId, 1).Status);
        Assert.Equal((2, 1), (_engine.Counters(Failed).Visible, _engine.Counters(Elsewhere).Visible));
        Assert.Equal(FaultCode.ResourceNotFound, _engine.Refused(new CancelMoveTaskCommand(Orders, task.TaskId)));
    }

    [Fact]
    public void A_task_fails_where_a_message_has_no_way_to_go()
    {
        _engine.Send(Failed);
        Assert.Equal((MoveTaskStatus.Failed, "CouldNotDetermineMessageSource"), Ending(null));
        _engine.Do(new PurgeQueueCommand(Failed));
        DeadLetter(1);
        _engine.Create(Named("second"), new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        _engine.Do(new DeleteQueueCommand(Orders));

        Assert.Equal((MoveTaskStatus.Failed, "AWS.SimpleQueueService.NonExistentQueue"), Ending(null));
        Assert.Equal(1, _engine.Counters(Failed).Visible);
    }

    [Fact]
    public void One_task_runs_on_a_queue_at_a_time()
    {
        _engine.Send(Failed);
        Start(Elsewhere);
        Assert.Equal(FaultCode.Unsupported, Refused(Failed, Elsewhere));
    }

    [Fact]
    public void Source_and_destination_must_be_there_fit_and_differ()
    {
        _engine.Create(Fifo);
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, null));
        Assert.Equal(FaultCode.ResourceNotFound, Refused(Named("absent"), null));
        Assert.Equal(FaultCode.ResourceNotFound, Refused(Failed, Named("absent")));
        Assert.Equal(FaultCode.InvalidValue, Refused(Failed, Fifo));
        Assert.Equal(FaultCode.InvalidValue, Refused(Failed, Failed));
    }

    [Fact]
    public void The_ten_newest_tasks_are_kept_and_come_back_from_a_checkpoint()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(Start(Elsewhere).TaskId);
            _engine.AdvanceSeconds(1);
            Step(ids[^1], 1);
        }

        ids.Reverse();
        var listed = _engine.Do(new ListMoveTasksCommand(Failed, 10));
        Assert.Equal(ids.Take(10), listed.Select(task => task.TaskId));
        var checkpoint = _engine.Checkpoint();
        Assert.Equal(checkpoint, Checkpoint(_engine.Recover(checkpoint, _engine.Frames.Count)));
        Assert.Equal(checkpoint, Checkpoint(_engine.Recover()));
        Assert.Equal(3, _engine.Do(new ListMoveTasksCommand(Failed, 3)).Count);
        Assert.Equal(FaultCode.ResourceNotFound, _engine.Refused(new ListMoveTasksCommand(Named("absent"), 10)));
    }

    [Fact]
    public void A_task_goes_with_its_queue()
    {
        var task = Start(Elsewhere);
        Assert.Equal([task.TaskId], _engine.Shard.RunningMoveTasks);
        _engine.Do(new DeleteQueueCommand(Failed));

        Assert.Empty(_engine.Shard.RunningMoveTasks);
        Assert.Equal(FaultCode.ResourceNotFound, _engine.Refused(new StepMoveTaskCommand(task.TaskId, [])));
    }

    private MoveTaskDescription Start(QueueName? destination, int? rate = null) =>
        _engine.Do(new StartMoveTaskCommand(_engine.NewId(), Failed, destination, rate));

    private FaultCode Refused(QueueName source, QueueName? destination) =>
        _engine.Refused(new StartMoveTaskCommand(_engine.NewId(), source, destination, null));

    private MoveTaskDescription Step(Guid task, int max) => _engine.Do(new StepMoveTaskCommand(
        task, [.. Enumerable.Range(0, max).Select(_ => _engine.NewId())]));

    private (MoveTaskStatus, string?) Ending(QueueName? destination)
    {
        var task = Start(destination);
        _engine.AdvanceSeconds(1);
        var ended = Step(task.TaskId, 5);
        return (ended.Status, ended.FailureReason);
    }

    private Guid[] DeadLetter(int count)
    {
        for (var i = 0; i < count; i++) _engine.Send(Orders);
        _engine.Receive(Orders, count, visibility: 0);
        _engine.Receive(Orders, count, visibility: 0);
        return [.. _engine.Receive(Failed, count, visibility: 0).Select(message => message.MessageId)];
    }
}
