using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ListMoveTasksCommandTests : MoveTaskScene
{
    [Fact]
    public void The_ten_newest_tasks_are_kept_and_come_back_from_a_checkpoint()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add(Start(Elsewhere).TaskId);
            Engine.AdvanceSeconds(1);
            Step(ids[^1], 1);
        }

        ids.Reverse();
        var listed = Engine.Do(new ListMoveTasksCommand(Failed, 10));
        Assert.Equal(ids.Take(10), listed.Select(task => task.TaskId));
        var checkpoint = Engine.Checkpoint();
        Assert.Equal(checkpoint, Checkpoint(Engine.Recover(checkpoint, Engine.Frames.Count)));
        Assert.Equal(checkpoint, Checkpoint(Engine.Recover()));
        Assert.Equal(3, Engine.Do(new ListMoveTasksCommand(Failed, 3)).Count);
        Assert.Equal(FaultCode.ResourceNotFound, Engine.Refused(new ListMoveTasksCommand(Named("absent"), 10)));
    }
}
