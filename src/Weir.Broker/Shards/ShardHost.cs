using Weir.Engine;
using Weir.Engine.Accounts;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>What shards run in: one process with one clock, disk and fate.</summary>
internal sealed class ShardHost(TimeProvider time, IdSource ids, IDisk disk, bool isThreaded)
{
    public static readonly Fault Stopping = new(FaultCode.Unavailable,
        "Weir is stopping; send the request again.");

    public static readonly Fault DiskFailed = new(FaultCode.Unavailable,
        "Weir stopped because its disk failed; nothing is acknowledged until it was restarted.");

    public static readonly Fault Moving = new(FaultCode.Unavailable,
        "The tenant is being moved to another shard; send the request again in some seconds.");

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;

    public TimeProvider Time => time;

    public IdSource Ids => ids;

    public IDisk Disk => disk;

    /// <summary>False: everything happens on the thread that steps the broker.</summary>
    public bool IsThreaded => isThreaded;

    /// <summary>Given what came to a shard that does not have its account. On the shard's thread.</summary>
    public required Action<Work> Bounce { get; init; }

    /// <summary>Told the first failure.</summary>
    public required Action<Exception> OnFailed { get; init; }

    /// <summary>Makes what a shard asks for the limits of accounts, on its own thread; null: there are none yet.
    /// </summary>
    public Func<Func<string, AccountLimits?>>? MakeLimits { get; set; }

    /// <summary>Completes when the disk of any shard failed, or what is stored turned out to be damaged.</summary>
    public Task Failed => _failed.Task;

    public bool IsStopping => _isStopping;

    public bool HasFailed => _failed.Task.IsCompleted;

    /// <summary>Why nothing is taken any more; null as long as it is.</summary>
    public Fault? Refusal => HasFailed ? DiskFailed : _isStopping ? Stopping : null;

    public void Fail(Exception failure)
    {
        if (_failed.TrySetResult()) OnFailed(failure);
    }

    public void Stop() => _isStopping = true;
}
