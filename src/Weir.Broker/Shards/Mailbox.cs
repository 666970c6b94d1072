using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Broker.Shards;

/// <summary>
/// Where commands wait for the shard's thread: bounded in number and bytes. Also the one signal that the thread
/// sleeps on, so that waking it costs nothing while it is awake.
/// </summary>
internal sealed class Mailbox(int countMax, long bytesMax) : IDisposable
{
    private readonly ConcurrentQueue<Work> _items = new();

    // No spinning: on few cores a spinning shard takes the time that the network needs.
    private readonly ManualResetEventSlim _signal = new(initialState: false, spinCount: 0);
    private int _count;
    private long _bytes;
    private int _isAsleep;
    private int _wakeCount;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when the mailbox is full.</summary>
    public bool TryPost(Work work)
    {
        if (Volatile.Read(ref _count) >= countMax || Volatile.Read(ref _bytes) + work.HeldBytes > bytesMax)
            return false;
        Post(work);
        return true;
    }

    /// <summary>For what must not be refused: the broker's own few items.</summary>
    public void Post(Work work)
    {
        Interlocked.Add(ref _bytes, work.HeldBytes);
        _items.Enqueue(work);
        if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _wakeCount)) Wake();
    }

    public bool TryTake([NotNullWhen(true)] out Work? work)
    {
        if (!_items.TryDequeue(out work)) return false;
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -work.HeldBytes);
        return true;
    }

    public void Wake()
    {
        // The fence pairs with the one in Sleep: either the sleeper sees the new item, or this sees the sleeper.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1) _signal.Set();
    }

    /// <summary>Sleeps until Wake, or until as many items wait as are worth waking for.</summary>
    /// <param name="wakeCount">How many items wake the sleeper; at least 1.</param>
    /// <param name="hasWork">Tested after the intention to sleep is visible to those who wake.</param>
    public void Sleep(int wakeCount, Func<bool> hasWork)
    {
        _signal.Reset();
        Volatile.Write(ref _wakeCount, wakeCount);
        Interlocked.Exchange(ref _isAsleep, 1);
        if (Count >= wakeCount || hasWork())
        {
            Interlocked.Exchange(ref _isAsleep, 0);
            return;
        }

        _signal.Wait();
    }

    public void Dispose() => _signal.Dispose();
}
