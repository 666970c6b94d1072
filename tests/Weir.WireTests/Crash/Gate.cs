namespace Weir.WireTests.Crash;

/// <summary>Closed while there is no server, so that clients wait for the signal and not in a loop.</summary>
public sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = NewOpened();

    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (_lock) return _open.Task.WaitAsync(cancellation);
    }

    public void Close()
    {
        lock (_lock) _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open()
    {
        lock (_lock) _open.TrySetResult();
    }

    private static TaskCompletionSource NewOpened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
