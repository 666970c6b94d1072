namespace Weir.Broker.Shards;

/// <summary>How many callers read contents that were leased from a shard's log. Any thread.</summary>
internal sealed class ReaderCount
{
    private int _count;
    private TaskCompletionSource? _none;

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove()
    {
        if (Interlocked.Decrement(ref _count) == 0) Volatile.Read(ref _none)?.TrySetResult();
    }

    /// <summary>Completes when there is none. To be asked once no more are added.</summary>
    public Task WhenNoneAsync()
    {
        var none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _none, none);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _count) == 0) none.TrySetResult();
        return none.Task;
    }
}
