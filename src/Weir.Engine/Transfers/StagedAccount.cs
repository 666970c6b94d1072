using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Transfers;

/// <summary>
/// An account on its way into a shard: nobody finds it, and time does not pass for it, until it is attached as a whole.
/// </summary>
// It is not in checkpoints, so none may begin while there is one; one that the log leaves unended is dropped when the
// log has been read. Its contents count as live meanwhile.
internal sealed class StagedAccount(string account)
{
    private readonly List<Queue> _queues = [];
    private readonly Dictionary<Guid, MoveTask> _tasks = [];
    private readonly List<(ScopeName Scope, string Item, Definition Definition)> _definitions = [];
    private readonly List<(QueueName Name, long UnixMs)> _deletedNames = [];

    public string Account { get; } = account;

    private Queue Current => _queues.Count > 0
        ? _queues[^1]
        : throw new StateCorruptException($"an item of a queue of account {Account} before its queue");

    public void Read(ItemType type, ref SpanReader reader, PayloadRef? payload, ShardState state)
    {
        switch (type)
        {
            case ItemType.Queue: _queues.Add(CheckpointItems.ReadQueue(ref reader, state)); break;
            case ItemType.DeletedName: _deletedNames.Add((reader.NameRequired(), reader.Int64())); break;
            case ItemType.Definition: _definitions.Add(CheckpointItems.ReadDefinition(ref reader)); break;
            case ItemType.MoveTask:
                var task = CheckpointItems.ReadMoveTask(ref reader);
                _tasks[task.TaskId] = task;
                break;
            case ItemType.MoveTaskFilter: CheckpointItems.ReadMoveTaskFilter(ref reader, FindTask); break;
            default: CheckpointFormat.ReadItemOf(Current, type, ref reader, payload); break;
        }

        if (reader.Remaining != 0)
            throw new StateCorruptException($"an item of type {type} of account {Account} that is too long");
    }

    public void Add(Run run) => Current.Backlog.Restore(run);

    /// <summary>From now on the account is the shard's.</summary>
    public void AttachTo(ShardState state)
    {
        foreach (var queue in _queues)
        {
            state.Add(queue);
            queue.Tally();
        }

        foreach (var task in _tasks.Values) state.Add(task);
        foreach (var (name, unixMs) in _deletedNames) state.DeletedNames[name] = unixMs;
        foreach (var (scope, item, definition) in _definitions)
        {
            state.Define(scope, item, definition);
            state.DefinitionRevision = Math.Max(state.DefinitionRevision, definition.Revision);
        }
    }

    public void Drop()
    {
        foreach (var queue in _queues) queue.Clear();
    }

    private MoveTask FindTask(Guid taskId) => _tasks.GetValueOrDefault(taskId)
        ?? throw new StateCorruptException($"an item names move task {taskId} of account {Account}, not there");
}
