namespace Weir.Simulator;

// Where the broker's own loops run: on the thread that calls Run, in an order that follows from the seed. What was
// queued stays queued until then, so nothing happens beside the simulation's thread.
internal sealed class SimulatedScheduler(int seed) : TaskScheduler
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Task> _tasks = [];

    public bool HasTasks
    {
        get
        {
            lock (_gate) return _tasks.Count > 0;
        }
    }

    public void Run()
    {
        while (TakeAny() is { } task) TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate) _tasks.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate) return [.. _tasks];
    }

    private Task? TakeAny()
    {
        lock (_gate)
        {
            if (_tasks.Count == 0) return null;
            var at = _random.Next(_tasks.Count);
            var task = _tasks[at];
            _tasks.RemoveAt(at);
            return task;
        }
    }
}
