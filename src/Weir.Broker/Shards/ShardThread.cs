using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>One shard with the thread that runs it, and its door: what may come in, and until when.</summary>
internal sealed class ShardThread
{
    private static readonly Fault Overloaded = new(FaultCode.Overloaded,
        "More requests are waiting than Weir holds; slow down and send the request again.");

    private static readonly Fault DiskFull = new(FaultCode.DiskFull,
        "The disk of the data directory is down to its reserve: nothing new is stored until there is room. Receive and "
        + "delete messages, or free disk space; both go on working.");

    private readonly ShardHost _host;
    private readonly Thread? _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _refusedAsOverload;
    private long _refusedForDisk;
    private int _users = 1;
    private volatile bool _isClosed;
    private volatile bool _isStopping;
    private volatile bool _isDropped;

    /// <param name="account">Whose the shard is; null: the pool's.</param>
    public ShardThread(string? account, BrokerOptions options, ShardHost host)
    {
        (Account, _host) = (account, host);
        Directory = options.Journal.Directory;
        Loop = new ShardLoop(options, host.Time, host.Ids, host.Disk) { Bounce = host.Bounce };
        if (host.MakeLimits is { } make) Loop.Shard.Limit(make());
        if (options.Journal.Writer != JournalWriter.Thread) return;
        var name = account is null ? "weir-shard" : $"weir-shard-{account}";
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    public string? Account { get; }

    public string Directory { get; }

    public ShardLoop Loop { get; }

    public long RefusedAsOverload => Volatile.Read(ref _refusedAsOverload);

    public long RefusedForDisk => Volatile.Read(ref _refusedForDisk);

    public void Start() => _thread?.Start();

    /// <summary>Posts what a caller wants done.</summary>
    /// <param name="refusal">Why it is not to be done; null: it waits for its turn.</param>
    /// <returns>False: the shard is closed, another one has what it had.</returns>
    public bool TryAdmit(Work work, out Fault? refusal)
    {
        refusal = null;
        if (Account is null)
        {
            refusal = Admit(work);
            return true;
        }

        if (!TryEnter()) return false;
        try
        {
            refusal = Admit(work);
            return true;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Executes a command of the broker's own, which is not refused as overload.</summary>
    public ValueTask<Outcome<T>> ExecuteAsync<T>(Command<T> command) => RunAsync(new CommandWork<T>(command));

    /// <summary>Calls something on the shard's thread; the answer comes when all before it is on disk.</summary>
    public ValueTask<Outcome<T>> CallAsync<T>(Func<ShardLoop, T> call) => RunAsync(new CallWork<T>(call));

    public ValueTask<Outcome<T>> RunAsync<T>(Work<T> work)
    {
        if (_host.Refusal is { } over) return ValueTask.FromResult<Outcome<T>>(over);
        if (work.AddsData && Loop.Journal.IsLowOnSpace) return ValueTask.FromResult<Outcome<T>>(DiskFull);
        if (!TryEnter()) return ValueTask.FromResult<Outcome<T>>(ShardHost.Moving);
        Loop.Post(work);
        Leave();
        return work.Task;
    }

    /// <summary>Somebody uses the shard's log, which stays open until they <see cref="Leave"/>.</summary>
    /// <returns>False: it is closed.</returns>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _users);
        if (!_isClosed) return true;
        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0) _left.TrySetResult();
    }

    /// <summary>
    /// Lets nobody in any more; completes when nobody is in. What waits in the mailbox by then is still done.
    /// </summary>
    public async Task CloseAsync()
    {
        _isClosed = true;
        Leave();
        await _left.Task.ConfigureAwait(false);
        do
        {
            // Tenants take turns, so what was posted before it may still wait.
            var flushed = new CallWork<Done>(static _ => default);
            Loop.Post(flushed);
            if (_thread is null) Loop.Step();
            _ = await flushed.Task.ConfigureAwait(false);
        }
        while (Loop.WaitingCount > 0);
        await Loop.Readers.WhenNoneAsync().ConfigureAwait(false);
    }

    /// <summary>Ends: what waits is finished, a checkpoint is written and the log closed.</summary>
    /// <param name="isDropped">True: what the shard has is not wanted any more, so it takes no checkpoint.</param>
    public async ValueTask StopAsync(bool isDropped = false)
    {
        (_isDropped, _isStopping) = (isDropped, true);
        if (_thread is null)
        {
            EndLoop();
        }
        else if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _ended.TrySetResult();
        }
        else
        {
            Loop.End();
            await _ended.Task.ConfigureAwait(false);
            _thread.Join();
        }

        Loop.Dispose();
    }

    private Fault? Admit(Work work)
    {
        if (work.AddsData && Loop.Journal.IsLowOnSpace)
        {
            Interlocked.Increment(ref _refusedForDisk);
            return DiskFull;
        }

        if (Loop.TryPost(work)) return null;
        Interlocked.Increment(ref _refusedAsOverload);
        return Overloaded;
    }

    private void Run()
    {
        try
        {
            while (!_isStopping && !_host.HasFailed)
            {
                Loop.Step();
                Loop.Sleep();
            }

            EndLoop();
        }
        catch (Exception failure)
        {
            _host.Fail(failure);
        }
        finally
        {
            Loop.RefuseAll(_host.Refusal ?? ShardHost.Moving);
            _ended.SetResult();
        }
    }

    private void EndLoop()
    {
        if (!_host.HasFailed && !_isDropped) Loop.Drain();
    }
}
