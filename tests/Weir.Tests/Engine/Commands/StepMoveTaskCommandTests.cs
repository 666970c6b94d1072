using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class StepMoveTaskCommandTests : MoveTaskScene
{
    [Fact]
    public void Messages_go_back_to_where_they_came_from_as_new_ones()
    {
        var dead = DeadLetter(3);
        var task = Start(null);
        Assert.Equal((3, 0, MoveTaskStatus.Running), (task.ToMove, task.Moved, task.Status));
        Engine.AdvanceSeconds(1);
        var ended = Step(task.TaskId, 10);

        Assert.Equal((3, MoveTaskStatus.Completed), (ended.Moved, ended.Status));
        var messages = Engine.Receive(Orders);
        Assert.Equal(3, messages.Count);
        Assert.All(messages, message =>
        {
            Assert.Equal((1, Engine.NowUnixMs), (message.ReceiveCount, message.SentUnixMs));
            Assert.Null(message.DeadLetterSource);
            Assert.DoesNotContain(message.MessageId, dead);
        });
        Assert.Equal(3, Engine.Shard.Live.Count);
    }

    [Fact]
    public void A_step_moves_what_the_rate_allows_by_now_and_no_more_than_its_ids()
    {
        for (var i = 0; i < 8; i++) Engine.Send(Failed);
        var task = Start(Elsewhere, rate: 2);
        Assert.Equal(0, Step(task.TaskId, 10).Moved);
        Engine.AdvanceSeconds(1.499);
        Assert.Equal(2, Step(task.TaskId, 10).Moved);
        Assert.Equal(2, Step(task.TaskId, 10).Moved);
        Engine.AdvanceSeconds(10);
        Assert.Equal(5, Step(task.TaskId, 3).Moved);
        var ended = Step(task.TaskId, 10);

        Assert.Equal((8, MoveTaskStatus.Completed), (ended.Moved, ended.Status));
        Assert.Equal(8, Engine.Counters(Elsewhere).Visible);
        Assert.Equal(ended, Step(task.TaskId, 10));
    }

    [Fact]
    public void A_task_fails_where_a_message_has_no_way_to_go()
    {
        Engine.Send(Failed);
        Assert.Equal((MoveTaskStatus.Failed, "CouldNotDetermineMessageSource"), Ending(null));
        Engine.Do(new PurgeQueueCommand(Failed));
        DeadLetter(1);
        Engine.Create(Named("second"), new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        Engine.Do(new DeleteQueueCommand(Orders));

        Assert.Equal((MoveTaskStatus.Failed, "AWS.SimpleQueueService.NonExistentQueue"), Ending(null));
        Assert.Equal(1, Engine.Counters(Failed).Visible);
    }
}
