namespace Weir.Broker.Requests;

/// <summary>Those who wait for replies. As many as wait for statuses, which is bounded there.</summary>
internal sealed class ReplyWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Account, Guid Message), List<TaskCompletionSource>> _waiting = [];

    /// <summary>To be called before looking whether there is a reply, so that none comes in between.</summary>
    public TaskCompletionSource Add(string account, Guid message)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_waiting.TryGetValue((account, message), out var waiters))
                _waiting.Add((account, message), waiters = []);
            waiters.Add(waiter);
        }

        return waiter;
    }

    public void Remove(string account, Guid message, TaskCompletionSource waiter)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue((account, message), out var waiters)) return;
            waiters.Remove(waiter);
            if (waiters.Count == 0) _waiting.Remove((account, message));
        }
    }

    public void Wake(string account, Guid message)
    {
        lock (_lock)
        {
            foreach (var waiter in _waiting.GetValueOrDefault((account, message), [])) waiter.TrySetResult();
        }
    }
}
