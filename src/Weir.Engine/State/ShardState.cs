using Weir.Engine.Queues;

namespace Weir.Engine.State;

/// <summary>All that a shard knows. Records change it; commands read it. Owned by the shard's thread.</summary>
internal sealed class ShardState(EngineOptions options)
{
    private readonly Dictionary<QueueName, Queue> _byName = [];
    private readonly Dictionary<long, Queue> _byId = [];
    private readonly SortedSet<QueueName> _names = [];
    private readonly Dictionary<QueueName, SortedSet<QueueName>> _sourcesByDeadLetterQueue = [];
    private readonly Dictionary<Guid, MoveTask> _tasks = [];

    private readonly List<QueueWatch> _changed = [];

    public LiveLedger Live { get; } = new();

    /// <summary>The time of the frame that is being built or replayed. Never falls.</summary>
    public long NowUnixMs { get; set; }

    public long NextQueueId { get; set; } = 1;

    /// <summary>When names were deleted, while that still keeps them from being used again.</summary>
    public SortedDictionary<QueueName, long> DeletedNames { get; } = [];

    public int QueueCount => _byId.Count;

    public IEnumerable<Queue> Queues => _byId.Values;

    public int RunningTaskCount { get; private set; }

    public IEnumerable<MoveTask> Tasks => _tasks.Values;

    /// <summary>The queue as it stands now, or null.</summary>
    public Queue? Find(QueueName name)
    {
        if (!_byName.TryGetValue(name, out var queue)) return null;
        queue.Advance(NowUnixMs);
        return queue;
    }

    /// <summary>The queue of a record as it stands now.</summary>
    public Queue Get(long queueId)
    {
        if (!_byId.TryGetValue(queueId, out var queue))
            throw new StateCorruptException($"a record names queue {queueId}, which is not there");
        queue.Advance(NowUnixMs);
        return queue;
    }

    public (Queue Queue, Entry Entry) Get(long queueId, long sequence)
    {
        var queue = Get(queueId);
        return queue.Find(sequence) is { } entry
            ? (queue, entry)
            : throw new StateCorruptException($"a record names message {sequence} of queue {queueId}, not there");
    }

    public void Add(Queue queue)
    {
        if (!_byName.TryAdd(queue.Name, queue) || !_byId.TryAdd(queue.Id, queue))
            throw new StateCorruptException($"queue {queue.Name} ({queue.Id}) is created twice");
        _names.Add(queue.Name);
        NextQueueId = Math.Max(NextQueueId, queue.Id + 1);
        DeletedNames.Remove(queue.Name);
        RedriveChanged(queue, before: null);
    }

    public void Remove(Queue queue)
    {
        queue.Clear();
        queue.Changed();
        _byName.Remove(queue.Name);
        _byId.Remove(queue.Id);
        _names.Remove(queue.Name);
        Unlink(queue.Name, queue.Config.Redrive);
        if (options.NameReuseDelay > TimeSpan.Zero) DeletedNames[queue.Name] = NowUnixMs;
        foreach (var task in TasksOf(queue.Id).ToArray())
        {
            _tasks.Remove(task.TaskId);
            if (task.Status == MoveTaskStatus.Running) RunningTaskCount--;
        }
    }

    /// <summary>Keeps the way back from a dead-letter queue to those that name it.</summary>
    public void RedriveChanged(Queue queue, RedrivePolicy? before)
    {
        Unlink(queue.Name, before);
        if (queue.Config.Redrive is not { } redrive) return;
        if (!_sourcesByDeadLetterQueue.TryGetValue(redrive.DeadLetterQueue, out var sources))
            _sourcesByDeadLetterQueue.Add(redrive.DeadLetterQueue, sources = []);
        sources.Add(queue.Name);
    }

    /// <summary>The queues whose redrive policy names this one, in order.</summary>
    public IReadOnlyCollection<QueueName> SourcesOf(QueueName deadLetterQueue) =>
        _sourcesByDeadLetterQueue.TryGetValue(deadLetterQueue, out var sources) ? sources : [];

    /// <summary>Names from a lower bound on, in order.</summary>
    public IEnumerable<QueueName> NamesFrom(QueueName first) =>
        _names.Count == 0 || _names.Max! < first ? [] : _names.GetViewBetween(first, _names.Max!);

    public MoveTask? FindTask(Guid taskId) => _tasks.GetValueOrDefault(taskId);

    public MoveTask GetTask(Guid taskId) =>
        FindTask(taskId) ?? throw new StateCorruptException($"a record names move task {taskId}, which is not there");

    /// <summary>The tasks of a source queue, newest first.</summary>
    public IEnumerable<MoveTask> TasksOf(long sourceId) => _tasks.Values
        .Where(task => task.SourceId == sourceId)
        .OrderByDescending(task => task.StartedUnixMs)
        .ThenBy(task => task.TaskId);

    public void Add(MoveTask task)
    {
        if (!_tasks.TryAdd(task.TaskId, task))
            throw new StateCorruptException($"move task {task.TaskId} is started twice");
        if (task.Status == MoveTaskStatus.Running) RunningTaskCount++;
    }

    /// <summary>Forgets the oldest ended tasks of a queue, to make room for one that was started.</summary>
    public void ForgetOldTasks(long sourceId)
    {
        var ended = TasksOf(sourceId).Where(other => other.Status != MoveTaskStatus.Running);
        foreach (var old in ended.Skip(MoveTask.KeptPerQueueMax - 1).ToArray()) _tasks.Remove(old.TaskId);
    }

    public void End(MoveTask task, MoveTaskStatus status, string? failureReason)
    {
        if (task.Status == MoveTaskStatus.Running) RunningTaskCount--;
        task.Status = status;
        task.FailureReason = failureReason;
    }

    /// <summary>Brings every queue to the present, so that what is too old no longer holds its segment.</summary>
    public void AdvanceAll()
    {
        foreach (var queue in _byId.Values) queue.Advance(NowUnixMs);
        foreach (var name in DeletedNames.Keys.Where(name => !IsDeletedRecently(name)).ToArray())
            DeletedNames.Remove(name);
    }

    public bool IsDeletedRecently(QueueName name) =>
        DeletedNames.TryGetValue(name, out var deletedUnixMs)
        && NowUnixMs < deletedUnixMs + (long)options.NameReuseDelay.TotalMilliseconds;

    public void Changed(QueueWatch watch)
    {
        watch.HasChanged = true;
        _changed.Add(watch);
    }

    /// <summary>Hands over the watched queues in which something happened since the last call; false if none.</summary>
    public bool TakeChanged(List<QueueWatch> changed)
    {
        if (_changed.Count == 0) return false;
        changed.AddRange(_changed);
        foreach (var watch in _changed) watch.HasChanged = false;
        _changed.Clear();
        return true;
    }

    private void Unlink(QueueName source, RedrivePolicy? redrive)
    {
        if (redrive is null || !_sourcesByDeadLetterQueue.TryGetValue(redrive.DeadLetterQueue, out var sources)) return;
        sources.Remove(source);
        if (sources.Count == 0) _sourcesByDeadLetterQueue.Remove(redrive.DeadLetterQueue);
    }
}
