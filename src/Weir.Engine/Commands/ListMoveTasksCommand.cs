namespace Weir.Engine.Commands;

/// <summary>The move tasks of a source queue, newest first.</summary>
public sealed class ListMoveTasksCommand(QueueName source, int max) : Command<IReadOnlyList<MoveTaskDescription>>
{
    public override string? Account => source.Account;

    public override int RecordBytesMax => 0;

    internal override Outcome<IReadOnlyList<MoveTaskDescription>> Execute(Shard shard) =>
        shard.State.Find(source) is { } queue
            ? shard.State.TasksOf(queue.Id).Take(max).Select(task => task.Describe()).ToArray()
            : StartMoveTaskCommand.NotFound(source, "source");
}
