using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Weir.Broker.Shards;

/// <summary>
/// Where commands wait for the shard's thread: bounded in number and bytes, in a lane for each tenant, and those take
/// turns. Also the one signal that the thread sleeps on, so that waking it costs nothing while it is awake.
/// </summary>
// Deficit round robin (Shreedhar and Varghese, 1995): a lane whose turn it is takes works until their bytes have used
// up its credit, which grows by a quantum each round. So a tenant that floods delays each of the others' works by a
// quantum for each tenant that waits, however much of its own is waiting.
//
//   any thread:  Post --> _arrived            the shard's thread:  _arrived --> lanes --> TryTake
internal sealed class Mailbox(int countMax, long bytesMax) : IDisposable
{
    /// <summary>What a lane may take in a turn: some hundred small commands, about half a millisecond.</summary>
    internal const int QuantumBytes = 64 << 10;

    /// <summary>
    /// A lane may hold so many times what is still free. One alone gets three quarters of it all; when several flood,
    /// each gets the same, and there is always something left for who comes next.
    /// </summary>
    private const int FreeFactor = 3;

    /// <summary>Lanes of tenants that have nothing waiting are forgotten when there are so many.</summary>
    private const int LanesMax = 1_024;

    private readonly ConcurrentQueue<Work> _arrived = new();
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<Lane> _round = new();

    // No spinning: on few cores a spinning shard takes the time that the network needs.
    private readonly ManualResetEventSlim _signal = new(initialState: false, spinCount: 0);
    private int _laneCount;
    private int _count;
    private long _bytes;
    private int _isAsleep;
    private int _wakeCount;

    public int Count => Volatile.Read(ref _count);

    internal int LaneCount => Volatile.Read(ref _laneCount);

    /// <summary>False when the mailbox is full, or the tenant has its share of it.</summary>
    public bool TryPost(Work work)
    {
        var lane = LaneOf(work.Payer ?? "");
        var freeCount = countMax - Volatile.Read(ref _count);
        var freeBytes = bytesMax - Volatile.Read(ref _bytes) - work.HeldBytes;
        if (freeCount <= 0 || freeBytes < 0) return false;
        if (lane.Count > FreeFactor * (long)freeCount || lane.Bytes > FreeFactor * freeBytes) return false;
        Post(work, lane);
        return true;
    }

    /// <summary>For what must not be refused: the broker's own few items.</summary>
    public void Post(Work work) => Post(work, LaneOf(work.Payer ?? ""));

    /// <summary>Takes what is next in turn. Only the shard's thread.</summary>
    public bool TryTake([NotNullWhen(true)] out Work? work)
    {
        while (_arrived.TryDequeue(out var arrived)) Sort(arrived);
        while (_round.TryPeek(out var lane))
        {
            if (lane.Waiting.TryPeek(out work) && work.Cost <= lane.Credit)
            {
                Take(lane);
                return true;
            }

            // Its turn is over; credit is for those that still have something to spend it on.
            _round.Dequeue();
            if (lane.Waiting.Count > 0)
            {
                lane.Credit += QuantumBytes;
                _round.Enqueue(lane);
            }
            else
            {
                Leave(lane);
            }
        }

        work = null;
        return false;
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

    private Lane LaneOf(string account)
    {
        if (_lanes.TryGetValue(account, out var lane)) return lane;
        var added = new Lane(account);
        lane = _lanes.GetOrAdd(account, added);
        if (ReferenceEquals(lane, added)) Interlocked.Increment(ref _laneCount);
        return lane;
    }

    private void Post(Work work, Lane lane)
    {
        work.Lane = lane;
        lane.Came(work);
        Interlocked.Add(ref _bytes, work.HeldBytes);
        _arrived.Enqueue(work);
        if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _wakeCount)) Wake();
    }

    private void Sort(Work work)
    {
        var lane = work.Lane!;
        lane.Waiting.Enqueue(work);
        if (lane.IsInRound) return;
        lane.IsInRound = true;
        lane.Credit = QuantumBytes;
        _round.Enqueue(lane);
    }

    private void Take(Lane lane)
    {
        var work = lane.Waiting.Dequeue();
        lane.Credit -= work.Cost;
        lane.Taken(work);
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -work.HeldBytes);
    }

    // Who posts at the same moment may go on with the lane that was forgotten, beside its successor: it has a turn of
    // its own then, and nothing else differs.
    private void Leave(Lane lane)
    {
        lane.IsInRound = false;
        lane.Credit = 0;
        if (Volatile.Read(ref _laneCount) > LanesMax && lane.Count == 0
            && _lanes.TryRemove(KeyValuePair.Create(lane.Account, lane)))
            Interlocked.Decrement(ref _laneCount);
    }
}
