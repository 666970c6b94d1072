using Weir.Broker.Shards;
using Weir.Engine;

namespace Weir.Broker.Placement;

/// <summary>
/// Where the commands of a tenant wait while it moves from one shard to another: bounded in number, bytes and time.
/// Any thread.
/// </summary>
internal sealed class PauseGate : IDisposable
{
    public const int WorksMax = 4_096;
    public const long BytesMax = 16L << 20;

    /// <summary>What has waited for so long is told to come again; receives, that there is nothing.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<(Work Work, long Since)> _waiting = new();
    private long _bytes;
    private bool _isOpen;

    public PauseGate(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Expire(), null, LookInterval, LookInterval);
    }

    /// <summary>Lets work wait here.</summary>
    /// <param name="refusal">Why it may not; null: it waits.</param>
    /// <returns>False: the gate is open, and the tenant somewhere.</returns>
    public bool TryEnter(Work work, out Fault? refusal)
    {
        lock (_lock)
        {
            refusal = null;
            if (_isOpen) return false;
            if (_waiting.Count >= WorksMax || _bytes + work.HeldBytes > BytesMax)
            {
                refusal = ShardHost.Moving;
                return true;
            }

            _waiting.Enqueue((work, _time.GetTimestamp()));
            _bytes += work.HeldBytes;
            return true;
        }
    }

    /// <summary>The tenant is somewhere: what waits goes there, before anything that comes later.</summary>
    /// <param name="pass">Given each of them in turn.</param>
    /// <param name="open">Then makes the way free for others.</param>
    public void Open(Action<Work> pass, Action open)
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var waiting)) pass(waiting.Work);
            open();
            _isOpen = true;
        }

        Dispose();
    }

    /// <summary>Refuses what waits: the broker ends.</summary>
    public void RefuseAll(Fault fault)
    {
        foreach (var work in Take(static _ => true)) work.Refuse(fault);
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        foreach (var work in Take(since => _time.GetElapsedTime(since) >= WaitMax)) work.GiveUp();
    }

    private List<Work> Take(Func<long, bool> isDue)
    {
        var taken = new List<Work>();
        lock (_lock)
        {
            while (_waiting.TryPeek(out var first) && isDue(first.Since))
            {
                taken.Add(_waiting.Dequeue().Work);
                _bytes -= first.Work.HeldBytes;
            }
        }

        return taken;
    }
}
