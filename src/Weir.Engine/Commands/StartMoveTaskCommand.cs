using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>Starts to move messages out of a dead-letter queue. The broker then steps the task until it ends.</summary>
/// <param name="destination">Null: each message goes back to the queue that it came from.</param>
/// <param name="ratePerSecond">1 to 500; null: 500.</param>
public sealed class StartMoveTaskCommand(Guid taskId, QueueName source, QueueName? destination, int? ratePerSecond)
    : Command<MoveTaskDescription>
{
    /// <summary>Amazon SQS: of an account at once.</summary>
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
    private const int RunningMax = 100;

    /// <summary>Which messages of those that are there now, in words that the broker understands. Null: all, and those
    /// that come while it runs.</summary>
    public string? Filter { get; init; }

    /// <summary>True: any queue's messages, not only those of a dead-letter queue. It takes a destination.</summary>
    public bool IsAnySource { get; init; }

    public override string? Account => source.Account;

    public override IReadOnlySet<string>? Accounts => destination is null || destination.Account == source.Account
        ? null
        : new HashSet<string>([source.Account, destination.Account], StringComparer.Ordinal);

    public override int RecordBytesMax => 192 + SpanWriter.BytesMax(destination) + SpanWriter.BytesMax(Filter);

    public override bool AddsData => true;

    internal override Outcome<MoveTaskDescription> Execute(Shard shard)
    {
        var state = shard.State;
        if (state.Find(source) is not { } queue) return NotFound(source, "source");
        if (state.SourcesOf(source).Count == 0 && !(IsAnySource && destination is not null))
            return Faults.Invalid("Source queue must be configured as a Dead Letter Queue.");
        if (destination is not null)
        {
            if (state.Find(destination) is not { } target) return NotFound(destination, "destination");
            if (target.Config.IsFifo != queue.Config.IsFifo)
                return Faults.Invalid("Source and destination must be of the same type, standard or FIFO.");
            if (target == queue) return Faults.Invalid("Source and destination must be different queues.");
        }

        if (state.TasksOf(queue.Id).Any(task => task.Status == MoveTaskStatus.Running))
        {
            return new Fault(FaultCode.Unsupported,
                $"There is already a task running on {source.Name}. Only one active task is allowed for a source "
                + "queue at a time.");
        }

        if (state.RunningTasks.Count(id => state.GetTask(id).Source.Account == source.Account) >= RunningMax)
        {
            return new Fault(FaultCode.InFlightLimit,
                $"{RunningMax} move tasks of the account are under way; wait for one to end, or cancel it.");
        }

        shard.Emit(new MoveTaskStarted(taskId, queue.Id, destination, ratePerSecond ?? 0, queue.Counters.Visible));
        if (Filter is not null) shard.Emit(new MoveTaskFiltered(taskId, Filter, queue.NextSequence - 1));
        return state.GetTask(taskId).Describe();
    }

    internal static Fault NotFound(QueueName name, string role) =>
        new(FaultCode.ResourceNotFound, $"The {role} queue does not exist: {name.Name}.");
}
