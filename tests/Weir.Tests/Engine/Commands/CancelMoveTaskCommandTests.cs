using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class CancelMoveTaskCommandTests : MoveTaskScene
{
    [Fact]
    public void A_cancelled_task_keeps_what_it_moved_and_cannot_be_cancelled_again()
    {
        for (var i = 0; i < 3; i++) Engine.Send(Failed);
        var task = Start(Elsewhere, rate: 1);
        Engine.AdvanceSeconds(1);
        Step(task.TaskId, 1);

        Assert.Equal(1, Engine.Do(new CancelMoveTaskCommand(Failed, task.TaskId)).Moved);
        Assert.Equal(FaultCode.Unsupported, Engine.Refused(new CancelMoveTaskCommand(Failed, task.TaskId)));
        Assert.Equal(MoveTaskStatus.Cancelled, Step(task.TaskId, 1).Status);
        Assert.Equal((2, 1), (Engine.Counters(Failed).Visible, Engine.Counters(Elsewhere).Visible));
        Assert.Equal(FaultCode.ResourceNotFound, Engine.Refused(new CancelMoveTaskCommand(Orders, task.TaskId)));
    }
}
