using System.Collections.Immutable;
using Weir.Engine.Accounts;
using Weir.Engine.Definitions;
using Weir.Engine.Queues;
using Weir.Engine.Transfers;

namespace Weir.Engine.State;

/// <summary>All that a shard knows. Records change it; commands read it. Owned by the shard's thread.</summary>
internal sealed class ShardState(EngineOptions options, ReadLog readLog)
{
    private readonly Dictionary<QueueName, Queue> _byName = [];
    private readonly Dictionary<long, Queue> _byId = [];
    private readonly SortedSet<QueueName> _names = [];
    private readonly Dictionary<QueueName, SortedSet<QueueName>> _sourcesByDeadLetterQueue = [];
    private readonly Dictionary<Guid, MoveTask> _tasks = [];
    private readonly Dictionary<long, List<MoveTask>> _tasksBySource = [];
    private readonly SortedSet<Guid> _runningTasks = [];
    private readonly Queue<Queue> _spillDue = new();
    private readonly List<QueueWatch> _changed = [];
    private readonly List<MessagePlace> _left = [];
    private readonly Dictionary<string, QueueTotals> _goneTotals = new(StringComparer.Ordinal);
    private int _dwellTimes;

    /// <summary>Accounts whose gone queues are told apart; those of further ones count as nobody's.</summary>
    private const int GoneAccountsMax = 20_000;

    public EngineOptions Options { get; } = options;

    /// <summary>Reads a run's block back.</summary>
    public ReadLog ReadLog { get; } = readLog;

    public LiveLedger Live { get; } = new();

    /// <summary>The time of the frame that is being built or replayed. Never falls.</summary>
    public long NowUnixMs { get; set; }

    /// <summary>The highest bits are the shard's number, and those of a queue's id the shard's that made it.</summary>
    public long NextQueueId { get; set; } = ((long)options.ShardNumber << EngineOptions.QueueIdBits) | 1;

    /// <summary>An account on its way in, not to be reached yet; null: none is.</summary>
    public StagedAccount? Staged { get; set; }

    /// <summary>When names were deleted, while that still keeps them from being used again.</summary>
    public SortedDictionary<QueueName, long> DeletedNames { get; } = [];

    /// <summary>The checkpoint under way that does not have every queue yet.</summary>
    public CheckpointCut? Cut { get; set; }

    /// <summary>True while commands change the state, false while a log does: only what is live is counted.</summary>
    public bool IsLive { get; set; }

    /// <summary>What queues of users did that are gone, by their account.</summary>
    public IReadOnlyDictionary<string, QueueTotals> GoneTotals => _goneTotals;

    /// <summary>How many checkpoints were begun since the shard was made.</summary>
    public int CutNumber { get; set; }

    /// <summary>Messages of all backlogs that are in memory.</summary>
    public long HotMessages { get; set; }

    /// <summary>
    /// What the broker keeps with the queues. Replaced whole by the shard's thread; any may read it, since it never
    /// changes, and whoever has the answer to a change sees that change.
    /// </summary>
    public DefinitionCatalog Definitions { get; set; } = DefinitionCatalog.Empty;

    /// <summary>What accounts have, by their names. Replaced whole; any thread may read it.</summary>
    public ImmutableDictionary<string, AccountUse> Accounts { get; private set; } =
        ImmutableDictionary.Create<string, AccountUse>(StringComparer.Ordinal);

    /// <summary>Of the definition that was set last.</summary>
    public long DefinitionRevision { get; set; }

    /// <summary>Of those that users made.</summary>
    public int QueueCount { get; private set; }

    public IReadOnlyCollection<Queue> Queues => _byId.Values;

    /// <summary>The move tasks under way.</summary>
    public IReadOnlyCollection<Guid> RunningTasks => _runningTasks;

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
        return FindById(queueId)
            ?? throw new StateCorruptException($"a record names queue {queueId}, which is not there");
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
        if (!queue.Name.IsInternal) QueueCount++;
        queue.Use.AddQueue(1, queue.Name.IsInternal);
        if (IsAhead(queue.Id)) NextQueueId = queue.Id + 1;
        DeletedNames.Remove(queue.Name);
        ConfigChanged(queue, before: null);
    }

    /// <summary>True for the id of a queue that this shard has not made yet.</summary>
    public bool IsAhead(long queueId) =>
        queueId >= NextQueueId && queueId >> EngineOptions.QueueIdBits == NextQueueId >> EngineOptions.QueueIdBits;

    public void Remove(Queue queue)
    {
        Drop(queue);
        if (Options.NameReuseDelay > TimeSpan.Zero) DeletedNames[queue.Name] = NowUnixMs;
    }

    /// <summary>Removes a queue as if it had never been here.</summary>
    public void Drop(Queue queue)
    {
        KeepTotals(queue);
        queue.Clear();
        queue.Changed();
        _byName.Remove(queue.Name);
        _byId.Remove(queue.Id);
        if (!queue.Name.IsInternal) QueueCount--;
        queue.Use.AddQueue(-1, queue.Name.IsInternal);
        Forget(queue.Use);
        _names.Remove(queue.Name);
        Unlink(queue.Name, queue.Config.Redrive);
        Definitions = Definitions.Keep(queue.Name, QueueConfig.Standard.Opaque);
        foreach (var task in TasksOf(queue.Id).ToArray()) Forget(task);
    }

    /// <summary>
    /// Keeps the way back from a dead-letter queue to those that name it, and what queues keep where any thread may
    /// read it.
    /// </summary>
    public void ConfigChanged(Queue queue, RedrivePolicy? before)
    {
        Definitions = Definitions.Keep(queue.Name, queue.Config.Opaque);
        Unlink(queue.Name, before);
        if (queue.Config.Redrive is not { } redrive) return;
        if (!_sourcesByDeadLetterQueue.TryGetValue(redrive.DeadLetterQueue, out var sources))
            _sourcesByDeadLetterQueue.Add(redrive.DeadLetterQueue, sources = []);
        sources.Add(queue.Name);
    }

    /// <summary>What an account has, from now on counted if it was not.</summary>
    public AccountUse UseOf(string account)
    {
        if (Accounts.TryGetValue(account, out var use)) return use;
        use = new AccountUse(account);
        Accounts = Accounts.Add(account, use);
        return use;
    }

    public void Define(ScopeName scope, string item, Definition definition)
    {
        if (Definitions.Find(scope, item) is null)
            UseOf(scope.Account).AddDefinitions(scope.Kind, item.Length == 0 ? 1 : 0, item.Length == 0 ? 0 : 1);
        Definitions = Definitions.Set(scope, item, definition);
    }

    /// <param name="item">Null: the whole scope.</param>
    public void Undefine(ScopeName scope, string? item)
    {
        if (Definitions.Find(scope) is not { } found || (item is not null && !found.Items.ContainsKey(item))) return;
        var use = UseOf(scope.Account);
        var heads = item is null ? (found.Items.ContainsKey("") ? 1 : 0) : item.Length == 0 ? 1 : 0;
        use.AddDefinitions(scope.Kind, -heads, heads - (item is null ? found.Items.Count : 1));
        Definitions = item is null ? Definitions.Remove(scope) : Definitions.Remove(scope, item);
        Forget(use);
    }

    /// <summary>The queues whose redrive policy names this one, in order.</summary>
    public IReadOnlyCollection<QueueName> SourcesOf(QueueName deadLetterQueue) =>
        _sourcesByDeadLetterQueue.TryGetValue(deadLetterQueue, out var sources) ? sources : [];

    /// <summary>Names from a lower bound on, in order.</summary>
    public IEnumerable<QueueName> NamesFrom(QueueName first) =>
        _names.Count == 0 || _names.Max! < first ? [] : _names.GetViewBetween(first, _names.Max!);

    public StagedAccount GetStaged() =>
        Staged ?? throw new StateCorruptException("a part of an account comes in, and none was begun");

    /// <summary>Drops the account on its way in, if there is one.</summary>
    public void DropStaged()
    {
        Staged?.Drop();
        Staged = null;
    }

    public MoveTask? FindTask(Guid taskId) => _tasks.GetValueOrDefault(taskId);

    public MoveTask GetTask(Guid taskId) =>
        FindTask(taskId) ?? throw new StateCorruptException($"a record names move task {taskId}, which is not there");

    /// <summary>The tasks of a source queue, newest first.</summary>
    public IEnumerable<MoveTask> TasksOf(long sourceId) => _tasksBySource.GetValueOrDefault(sourceId, [])
        .OrderByDescending(task => task.StartedUnixMs)
        .ThenBy(task => task.TaskId);

    public void Add(MoveTask task)
    {
        if (!_tasks.TryAdd(task.TaskId, task))
            throw new StateCorruptException($"move task {task.TaskId} is started twice");
        if (!_tasksBySource.TryGetValue(task.SourceId, out var tasks)) _tasksBySource.Add(task.SourceId, tasks = []);
        tasks.Add(task);
        if (task.Status == MoveTaskStatus.Running) _runningTasks.Add(task.TaskId);
    }

    /// <summary>Forgets the oldest ended tasks of a queue, to make room for one that was started.</summary>
    public void ForgetOldTasks(long sourceId)
    {
        var ended = TasksOf(sourceId).Where(other => other.Status != MoveTaskStatus.Running);
        foreach (var old in ended.Skip(MoveTask.KeptPerQueueMax - 1).ToArray()) Forget(old);
    }

    public void End(MoveTask task, MoveTaskStatus status, string? failureReason)
    {
        _runningTasks.Remove(task.TaskId);
        task.Status = status;
        task.FailureReason = failureReason;
    }

    /// <summary>Forgets the names that may be used again.</summary>
    public void ForgetDeletedNames()
    {
        foreach (var name in DeletedNames.Keys.Where(name => !IsDeletedRecently(name)).ToArray())
            DeletedNames.Remove(name);
    }

    /// <summary>The queue as it was last seen, without bringing it to the present.</summary>
    public Queue? PeekById(long queueId) => _byId.GetValueOrDefault(queueId);

    public Queue? FindById(long queueId)
    {
        if (!_byId.TryGetValue(queueId, out var queue)) return null;
        queue.Advance(NowUnixMs);
        return queue;
    }

    /// <summary>Notes a queue whose tail has become too long for memory.</summary>
    public void SpillIfDue(Queue queue)
    {
        var tailMax = HotMessages > Options.HotMessagesMax ? Options.ShortTailMessagesMax : Options.TailMessagesMax;
        if (queue.Backlog.TailCount < tailMax || queue.Backlog.IsSpillDue) return;
        queue.Backlog.IsSpillDue = true;
        _spillDue.Enqueue(queue);
    }

    public bool IsSpillDue => _spillDue.Count > 0;

    /// <summary>The next queue to spill from; null when the one that was noted is gone.</summary>
    public Queue? TakeSpillDue()
    {
        var queue = _spillDue.Dequeue();
        queue.Backlog.IsSpillDue = false;
        return ReferenceEquals(FindById(queue.Id), queue) ? queue : null;
    }

    public bool IsDeletedRecently(QueueName name) =>
        DeletedNames.TryGetValue(name, out var deletedUnixMs)
        && NowUnixMs < deletedUnixMs + (long)Options.NameReuseDelay.TotalMilliseconds;

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

    public bool HasLeft => _left.Count > 0;

    /// <summary>A message that is watched left its queue.</summary>
    public void NoteLeft(MessagePlace place) => _left.Add(place);

    /// <summary>Hands over the watched messages that left since the last call; false if none.</summary>
    public bool TakeLeft(List<MessagePlace> left)
    {
        if (_left.Count == 0) return false;
        left.AddRange(_left);
        _left.Clear();
        return true;
    }

    /// <summary>False when enough queues have their waiting times counted.</summary>
    public bool TryAddDwellTimes()
    {
        if (_dwellTimes >= Options.DwellTimesMax) return false;
        _dwellTimes++;
        return true;
    }

    // What a tenant did must not fall when a queue goes.
    private void KeepTotals(Queue queue)
    {
        if (queue.Dwell is not null) _dwellTimes--;
        if (queue.Name.IsInternal || queue.Totals == default) return;
        var account = queue.Name.Account;
        if (_goneTotals.Count >= GoneAccountsMax && !_goneTotals.ContainsKey(account)) account = "";
        _goneTotals[account] = _goneTotals.GetValueOrDefault(account) + queue.Totals;
    }

    // Whoever only passed by must not be kept for ever.
    private void Forget(AccountUse use)
    {
        if (use.IsEmpty) Accounts = Accounts.Remove(use.Account);
    }

    private void Forget(MoveTask task)
    {
        _tasks.Remove(task.TaskId);
        _runningTasks.Remove(task.TaskId);
        var tasks = _tasksBySource[task.SourceId];
        tasks.Remove(task);
        if (tasks.Count == 0) _tasksBySource.Remove(task.SourceId);
    }

    private void Unlink(QueueName source, RedrivePolicy? redrive)
    {
        if (redrive is null || !_sourcesByDeadLetterQueue.TryGetValue(redrive.DeadLetterQueue, out var sources)) return;
        sources.Remove(source);
        if (sources.Count == 0) _sourcesByDeadLetterQueue.Remove(redrive.DeadLetterQueue);
    }
}
