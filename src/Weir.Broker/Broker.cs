using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Broker.Secrets;
using Weir.Broker.Shards;
using Weir.Broker.Telemetry;
using Weir.Engine;
using Weir.Engine.Accounts;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Broker;

/// <summary>
/// The broker: everything that protocols call. It owns one shard and its journal, answers a command when what it did
/// is on disk, and lets receives wait.
/// </summary>
public sealed partial class Broker : IAsyncDisposable
{
    private static readonly Fault Stopping = new(FaultCode.Unavailable, "Weir is stopping; send the request again.");

    private static readonly Fault DiskFailed = new(FaultCode.Unavailable,
        "Weir stopped because its disk failed; nothing is acknowledged until it was restarted.");

    private static readonly Fault Overloaded = new(FaultCode.Overloaded,
        "More requests are waiting than Weir holds; slow down and send the request again.");

    private static readonly Fault TooLarge = new(FaultCode.InvalidValue,
        "The request is larger than Weir stores at once; send it in parts.");

    private static readonly Fault DiskFull = new(FaultCode.DiskFull,
        "The disk of the data directory is down to its reserve: nothing new is stored until there is room. Receive and "
        + "delete messages, or free disk space; both go on working.");

    /// <summary>How often free disk space is measured.</summary>
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromSeconds(1);

    private readonly ShardLoop _loop;
    private readonly TaskScheduler _loopScheduler;
    private readonly int _recordBytesMax;
    private readonly Thread? _thread;
    private readonly ITimer _housekeeping;
    private readonly ILogger<Broker> _logger;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _refusedAsOverload;
    private long _refusedForDisk;
    private volatile bool _isStopping;
    private volatile bool _wasLowOnSpace;

    /// <summary>Opens the data directory and brings back what is in it.</summary>
    /// <exception cref="JournalLockedException">Another process has the directory.</exception>
    /// <exception cref="JournalCorruptException">The log is damaged before its end.</exception>
    /// <exception cref="StateCorruptException">The log holds what this version does not know.</exception>
    public Broker(BrokerOptions options, TimeProvider time, IdSource ids, IDisk disk, ILogger<Broker> logger)
    {
        Time = time;
        Ids = ids;
        Secrets = new SecretVault(this);
        _logger = logger;
        _loopScheduler = options.LoopScheduler;
        _recordBytesMax = options.Journal.FrameBytesMax;
        _loop = new ShardLoop(options, time, ids, disk);
        if (options.Journal.Writer == JournalWriter.Thread)
        {
            _thread = new Thread(RunShard) { Name = "weir-shard", IsBackground = true };
            _thread.Start();
        }

        _housekeeping = time.CreateTimer(_ => KeepHouse(), null, HousekeepingInterval, HousekeepingInterval);
    }

    public TimeProvider Time { get; }

    public IdSource Ids { get; }

    /// <summary>Locked until it is given a key.</summary>
    public SecretVault Secrets { get; }

    /// <summary>Completes when the disk failed or what is stored turned out to be damaged: time to exit.</summary>
    public Task Failed => _failed.Task;

    public BrokerFigures Figures => new(
        _loop.Shard.QueueCount, _loop.Shard.MessageCount, _loop.Shard.HotMessageCount, _loop.Shard.Live.Bytes,
        _loop.WaitingCount, _loop.Waiters.Count, _loop.Departures.Count, _loop.Compaction.Figures,
        _loop.Journal.Figures)
    {
        RefusedAsOverload = Volatile.Read(ref _refusedAsOverload),
        RefusedForDisk = Volatile.Read(ref _refusedForDisk),
        IsLowOnSpace = _loop.Journal.IsLowOnSpace,
    };

    /// <summary>
    /// Topics, rules and all else that is kept with the queues, durable or about to be: for those whose own answer
    /// waits for a commit. Others ask with <see cref="ReadDefinitionsCommand"/>.
    /// </summary>
    public DefinitionCatalog Definitions => _loop.Shard.Definitions;

    /// <summary>What an account has; null: it has nothing and never had.</summary>
    public AccountUse? UseOf(string account) => _loop.Shard.UseOf(account);

    /// <summary>All that have something.</summary>
    public IEnumerable<AccountUse> Uses => _loop.Shard.Uses;

    /// <summary>Holds accounts to limits from now on.</summary>
    /// <param name="limitsOf">The present limits of an account; null: none. Called by the shard's thread alone.</param>
    public void Limit(Func<string, AccountLimits?> limitsOf) => _loop.Shard.Limit(limitsOf);

    /// <summary>Executes a command; completes when what it did is on disk.</summary>
    public ValueTask<Outcome<T>> ExecuteAsync<T>(Command<T> command)
    {
        if (Tracing.IsOn) return TraceAsync(command);
        return ExecuteUntracedAsync(command);
    }

    /// <summary>Receives messages, waiting for one if there is none.</summary>
    /// <param name="wait">How long; null: as long as the queue says.</param>
    /// <param name="clientGone">When it is cancelled, what was leased goes back to the queue at once.</param>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async ValueTask<Outcome<IReadOnlyList<ReceivedMessage>>> ReceiveAsync(
        ReceiveCommand command, TimeSpan? wait, CancellationToken clientGone)
    {
        using var span = MessageSpans.StartReceive(command.Queue);
        var work = new ReceiveWork(command, wait, clientGone);
        if (Admit(work) is { } refusal) return refusal;
        var outcome = await work.Task.ConfigureAwait(false);
        if (outcome.Fault is { } fault) return fault;
        try
        {
            if (clientGone.IsCancellationRequested)
            {
                ReturnToQueue(command.Queue, outcome.Value.Select(lease => lease.Receipt));
                throw new OperationCanceledException(clientGone);
            }

            var messages = outcome.Value.Count == 0 ? [] : ReadContents(outcome.Value);
            MessageSpans.Received(span, messages);
            return messages;
        }
        finally
        {
            foreach (var pin in work.Pins) pin.Dispose();
        }
    }

    /// <summary>
    /// Completes when a message may have left its queue, and that is on disk; at once when it is not there. What
    /// expires leaves when somebody looks at the queue.
    /// </summary>
    /// <param name="giveUp">Completes it, too.</param>
    public ValueTask<Outcome<Done>> WaitForDepartureAsync(MessagePlace place, CancellationToken giveUp)
    {
        var work = new DepartureWork(place, giveUp);
        return Admit(work) is { } fault ? ValueTask.FromResult<Outcome<Done>>(fault) : work.Task;
    }

    /// <summary>Looks at messages in a queue, whatever their state, and leases none.</summary>
    public async ValueTask<Outcome<IReadOnlyList<BrowsedMessage>>> BrowseAsync(BrowseCommand command)
    {
        var work = new BrowseWork(command);
        if (Admit(work) is { } refusal) return refusal;
        var outcome = await work.Task.ConfigureAwait(false);
        try
        {
            return outcome.IsOk
                ? outcome.Value.Select(message =>
                    new BrowsedMessage(message, ReadContent(message.MessageId, message.Payload))).ToArray()
                : outcome.Fault;
        }
        finally
        {
            foreach (var pin in work.Pins) pin.Dispose();
        }
    }

    /// <summary>
    /// Makes leased messages visible again at once: the answer that carried them could not be written.
    /// </summary>
    public void ReturnToQueue(QueueName queue, IReadOnlyList<ReceivedMessage> messages) =>
        ReturnToQueue(queue, messages.Select(message => message.Lease.Receipt));

    /// <summary>Stops: refuses what is new, finishes what waits, writes a checkpoint, closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopping) return;
        _isStopping = true;
        await _housekeeping.DisposeAsync().ConfigureAwait(false);
        if (_thread is null)
        {
            EndShard();
        }
        else
        {
            _loop.End();
            await _ended.Task.ConfigureAwait(false);
            _thread.Join();
        }

        _loop.Dispose();
    }

    /// <summary>What the broker runs on, for a simulation to look into; only for the thread that steps it.</summary>
    internal ShardLoop Loop => _loop;

    /// <summary>Without a thread of its own (an inline journal): does what there is to do now.</summary>
    internal void Step() => _loop.Step();

    /// <summary>
    /// Runs what goes on beside the requests. Where it awaits with <c>ConfigureAwait(true)</c> it stays on the options'
    /// scheduler, which for a server is the thread pool.
    /// </summary>
    internal Task RunLoop(Func<Task> loop) => Task.Factory
        .StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _loopScheduler)
        .Unwrap();

    private ValueTask<Outcome<T>> ExecuteUntracedAsync<T>(Command<T> command)
    {
        var work = new CommandWork<T>(command);
        return Admit(work) is { } fault ? ValueTask.FromResult<Outcome<T>>(fault) : work.Task;
    }

    private async ValueTask<Outcome<T>> TraceAsync<T>(Command<T> command)
    {
        using var span = MessageSpans.Start(command);
        var outcome = await ExecuteUntracedAsync(command).ConfigureAwait(false);
        MessageSpans.End(span, outcome.Fault);
        return outcome;
    }

    private void ReturnToQueue(QueueName queue, IEnumerable<ReceiptHandle> receipts)
    {
        var changes = receipts.Select(receipt => new VisibilityChange(receipt.ToString(), TimeSpan.Zero)).ToArray();
        if (changes.Length == 0) return;

        // Nobody waits for the answer; should it be refused, the lease ends by itself.
        _ = Admit(new CommandWork<IReadOnlyList<Outcome<Done>>>(new ChangeVisibilityCommand(queue, changes)));
    }

    private Fault? Admit(Work work)
    {
        if (_failed.Task.IsCompleted) return DiskFailed;
        if (_isStopping) return Stopping;
        if (work.RecordBytesMax > _recordBytesMax) return TooLarge;
        if (work.AddsData && _loop.Journal.IsLowOnSpace)
        {
            Interlocked.Increment(ref _refusedForDisk);
            return DiskFull;
        }

        if (_loop.TryPost(work)) return null;
        Interlocked.Increment(ref _refusedAsOverload);
        return Overloaded;
    }

    private ReceivedMessage[] ReadContents(IReadOnlyList<LeasedMessage> leases)
    {
        var messages = new ReceivedMessage[leases.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            var content = ReadContent(leases[i].MessageId, leases[i].Payload);
            messages[i] = new ReceivedMessage(leases[i], content);
        }

        return messages;
    }

    private MessageContent ReadContent(Guid messageId, PayloadRef payload)
    {
        try
        {
            return StoredContent.Read(_loop.Journal, messageId, payload);
        }
        catch (StateCorruptException damage)
        {
            Fail(damage);
            throw;
        }
    }

    private void RunShard()
    {
        try
        {
            while (!_isStopping && !_failed.Task.IsCompleted)
            {
                _loop.Step();
                _loop.Sleep();
            }

            EndShard();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        finally
        {
            _loop.RefuseAll(_failed.Task.IsCompleted ? DiskFailed : Stopping);
            _ended.SetResult();
        }
    }

    private void EndShard()
    {
        if (!_failed.Task.IsCompleted) _loop.Drain();
    }

    private void Fail(Exception failure)
    {
        if (!_failed.TrySetResult()) return;
        LogFailure(failure.Message, failure);
        _loop.End();
    }

    private void KeepHouse()
    {
        _loop.Journal.CheckSpace();
        var isLow = _loop.Journal.IsLowOnSpace;
        if (isLow && !_wasLowOnSpace) LogDiskFull();
        if (!isLow && _wasLowOnSpace) LogDiskHasRoom();
        _wasLowOnSpace = isLow;

        // Only a checkpoint gives back the segments that were emptied since the last one.
        if (isLow || _loop.HasCheckpointFailed) _loop.RequestCheckpoint();
    }

    [LoggerMessage(LogLevel.Error, "The disk is down to its reserve: sends are refused; receives and deletes go on")]
    private partial void LogDiskFull();

    [LoggerMessage(LogLevel.Information, "The disk has room again: sends are accepted")]
    private partial void LogDiskHasRoom();

    [LoggerMessage(LogLevel.Critical, "Nothing more is acknowledged: {Reason}")]
    private partial void LogFailure(string reason, Exception failure);
}
