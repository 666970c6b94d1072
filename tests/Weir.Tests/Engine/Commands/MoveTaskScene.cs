using Weir.Engine;
using Weir.Engine.Commands;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

/// <summary>A queue, its dead-letter queue, and a third one that messages may be moved to.</summary>
public abstract class MoveTaskScene
{
    private protected MoveTaskScene()
    {
        Engine.Create(Failed);
        Engine.Create(Orders, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Failed, 1)) });
        Engine.Create(Elsewhere);
    }

    protected static QueueName Elsewhere { get; } = Named("elsewhere");

    private protected EngineHarness Engine { get; } = new();

    protected MoveTaskDescription Start(QueueName? destination, int? rate = null) =>
        Engine.Do(new StartMoveTaskCommand(Engine.NewId(), Failed, destination, rate));

    protected FaultCode Refused(QueueName source, QueueName? destination) =>
        Engine.Refused(new StartMoveTaskCommand(Engine.NewId(), source, destination, null));

    protected MoveTaskDescription Step(Guid task, int max) => Engine.Do(new StepMoveTaskCommand(
        task, [.. Enumerable.Range(0, max).Select(_ => Engine.NewId())]));

    protected (MoveTaskStatus, string?) Ending(QueueName? destination)
    {
        var task = Start(destination);
        Engine.AdvanceSeconds(1);
        var ended = Step(task.TaskId, 5);
        return (ended.Status, ended.FailureReason);
    }

    protected Guid[] DeadLetter(int count)
    {
        for (var i = 0; i < count; i++) Engine.Send(Orders);
        Engine.Receive(Orders, count, visibility: 0);
        Engine.Receive(Orders, count, visibility: 0);
        return [.. Engine.Receive(Failed, count, visibility: 0).Select(message => message.MessageId)];
    }
}
