using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class StartMoveTaskCommandTests : MoveTaskScene
{
    [Fact]
    public void One_task_runs_on_a_queue_at_a_time()
    {
        Engine.Send(Failed);
        Start(Elsewhere);
        Assert.Equal(FaultCode.Unsupported, Refused(Failed, Elsewhere));
    }

    [Fact]
    public void Source_and_destination_must_be_there_fit_and_differ()
    {
        Engine.Create(Fifo);
        Assert.Equal(FaultCode.InvalidValue, Refused(Orders, null));
        Assert.Equal(FaultCode.ResourceNotFound, Refused(Named("absent"), null));
        Assert.Equal(FaultCode.ResourceNotFound, Refused(Failed, Named("absent")));
        Assert.Equal(FaultCode.InvalidValue, Refused(Failed, Fifo));
        Assert.Equal(FaultCode.InvalidValue, Refused(Failed, Failed));
    }

    [Fact]
    public void A_task_goes_with_its_queue()
    {
        var task = Start(Elsewhere);
        Assert.Equal([task.TaskId], Engine.Shard.RunningMoveTasks);
        Engine.Do(new DeleteQueueCommand(Failed));

        Assert.Empty(Engine.Shard.RunningMoveTasks);
        Assert.Equal(FaultCode.ResourceNotFound, Engine.Refused(new StepMoveTaskCommand(task.TaskId, [])));
    }

    [Fact]
    public void An_account_has_a_hundred_tasks_at_most()
    {
        for (var i = 0; i < 100; i++)
        {
            Engine.Create(Named($"source-{i}"));
            Engine.Do(new StartMoveTaskCommand(Engine.NewId(), Named($"source-{i}"), Elsewhere, null)
            {
                IsAnySource = true,
            });
        }

        Assert.Equal(FaultCode.InFlightLimit, Refused(Failed, Elsewhere));
    }
}
