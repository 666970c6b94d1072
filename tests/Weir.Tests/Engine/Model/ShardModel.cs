using Weir.Engine;

namespace Weir.Tests.Engine.Model;

/// <summary>The engine as it should be, in lists: no indexes, no heaps, nothing lazy.</summary>
internal sealed class ShardModel(bool isFifo, EngineOptions options)
{
    public const int QueuesMax = 3;

    private readonly List<QueueModel> _queues = [];
    private readonly List<MoveTaskModel> _tasks = [];
    private long _queueIds;

    public long Now { get; private set; }

    public int InFlightMax => Options.InFlightMax;

    public EngineOptions Options { get; } = options;

    public QueueModel? Find(QueueName name) => _queues.Find(queue => queue.Name == name);

    /// <summary>Queues that are made from now on have another shard's ids.</summary>
    public void MoveTo(int number) => _queueIds = (long)number << 40;

    public QueueModel? Find(long queueId) => _queues.Find(queue => queue.Id == queueId);

    public void AdvanceTo(long now)
    {
        Now = now;
        foreach (var queue in _queues) queue.DropOld();
    }

    public string CreateQueue(QueueName name)
    {
        if (Find(name) is { } existing) return $"revision {existing.Revision}";
        _queueIds++;
        _queues.Add(isFifo ? new FifoQueueModel(this, _queueIds, name) : new StandardQueueModel(this, _queueIds, name));
        return "revision 1";
    }

    public string DeleteQueue(QueueModel queue)
    {
        _queues.Remove(queue);
        _tasks.RemoveAll(task => task.SourceId == queue.Id);
        return "done";
    }

    public string Purge(QueueModel queue)
    {
        if (Now < queue.PurgedMs + 60_000) return "PurgeInProgress";
        queue.PurgedMs = Now;
        queue.Purge();
        return "done";
    }

    public string Configure(QueueModel queue, QueueConfig config)
    {
        if (config.Redrive != queue.Config.Redrive && config.Redrive is { } redrive)
        {
            if (redrive.DeadLetterQueue == queue.Name || Find(redrive.DeadLetterQueue) is not { } target
                || target.Config.RedriveAllow?.Allows(queue.Name) == false)
            {
                return "InvalidValue";
            }
        }

        queue.Configure(config);
        return "done";
    }

    public string StartMove(Guid id, QueueName sourceName, QueueName? destination, int? rate)
    {
        if (Find(sourceName) is not { } source) return "ResourceNotFound";
        if (_queues.TrueForAll(queue => queue.Config.Redrive?.DeadLetterQueue != sourceName)) return "InvalidValue";
        if (destination is not null && Find(destination) is null) return "ResourceNotFound";
        if (destination == sourceName) return "InvalidValue";
        if (_tasks.Exists(task => task.SourceId == source.Id && task.Status == "Running")) return "Unsupported";
        var task = new MoveTaskModel(id, source.Id, destination, rate ?? 500, Now, source.Visible);
        _tasks.Add(task);
        return task.ToString();
    }

    public string StepMove(Guid id, List<Guid> ids)
    {
        if (_tasks.Find(task => task.Id == id) is not { } task) return "ResourceNotFound";
        if (task.Status != "Running") return task.ToString();
        var source = Find(task.SourceId)!;
        var due = (task.Rate * (Now - task.StartedMs) / 1000) - task.Moved;
        foreach (var newId in ids.Take((int)Math.Clamp(due, 0, ids.Count)))
        {
            if (source.NextToMove() is not { } message) break;
            if ((task.Destination ?? message.Source) is not { } name || Find(name) is not { } destination)
            {
                task.Status = "Failed";
                return task.ToString();
            }

            source.Count(message);
            source.Messages.Remove(message);
            task.Moved++;
            destination.Arrive(message.Group, destination.NextSequence);
            destination.Messages.Add(new MessageModel
            {
                Id = newId,
                Sequence = destination.NextSequence++,
                SentMs = Now,
                Group = message.Group,
                Dedup = message.Dedup,
            });
        }

        if (source.NextToMove() is null) task.Status = "Completed";
        return task.ToString();
    }

    public string CancelMove(Guid id, QueueName source)
    {
        var task = _tasks.Find(task => task.Id == id);
        if (task is null || Find(task.SourceId)!.Name != source) return "ResourceNotFound";
        if (task.Status != "Running") return "Unsupported";
        task.Status = "Cancelled";
        return task.ToString();
    }

    /// <summary>The newest ten tasks of a queue.</summary>
    public IEnumerable<string> TasksOf(QueueModel queue) => _tasks
        .Where(task => task.SourceId == queue.Id)
        .OrderByDescending(task => task.StartedMs)
        .ThenBy(task => task.Id)
        .Take(10)
        .Select(task => task.ToString());
}

internal sealed record MoveTaskModel(
    Guid Id, long SourceId, QueueName? Destination, long Rate, long StartedMs, long ToMove)
{
    public long Moved { get; set; }

    public string Status { get; set; } = "Running";

    public override string ToString() => $"{Id} {Destination?.Name} {Status} {Moved}/{ToMove} since {StartedMs}";

    public static string Describe(MoveTaskDescription task) =>
        $"{task.TaskId} {task.Destination?.Name} {task.Status} {task.Moved}/{task.ToMove} since {task.StartedUnixMs}";
}
