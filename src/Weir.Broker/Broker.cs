using Microsoft.Extensions.Logging;
using Weir.Broker.Messages;
using Weir.Broker.Placement;
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
/// The broker: everything that protocols call. It owns the shards and their journals, gives each command to the shard
/// of its tenant, answers it when what it did is on disk, and lets receives wait.
/// </summary>
public sealed partial class Broker : IAsyncDisposable
{
    private static readonly Fault TooLarge = new(FaultCode.InvalidValue,
        "The request is larger than Weir stores at once; send it in parts.");

    /// <summary>How often free disk space is measured.</summary>
    private static readonly TimeSpan HousekeepingInterval = TimeSpan.FromSeconds(1);

    private readonly ShardHost _host;
    private readonly ShardMap _shards;
    private readonly TaskScheduler _loopScheduler;
    private readonly int _recordBytesMax;
    private readonly ITimer _housekeeping;
    private readonly ILogger<Broker> _logger;
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
        _host = new ShardHost(time, ids, disk, options.Journal.Writer == JournalWriter.Thread)
        {
            Bounce = work => work.Redo(this), OnFailed = OnFailed,
        };
        _shards = new ShardMap(options, _host);
        Placements = new TenantPlacements(_shards, _host, options);
        _housekeeping = time.CreateTimer(_ => KeepHouse(), null, HousekeepingInterval, HousekeepingInterval);
    }

    public TimeProvider Time { get; }

    public IdSource Ids { get; }

    /// <summary>Locked until it is given a key.</summary>
    public SecretVault Secrets { get; }

    /// <summary>Which tenants have a shard of their own.</summary>
    public TenantPlacements Placements { get; }

    /// <summary>Completes when the disk failed or what is stored turned out to be damaged: time to exit.</summary>
    public Task Failed => _host.Failed;

    /// <summary>Of all shards together.</summary>
    public BrokerFigures Figures => BrokerFigures.Of(_shards.All);

    /// <summary>
    /// Topics, rules and all else that is kept with the queues, durable or about to be: for those whose own answer
    /// waits for a commit. Others ask with <see cref="ReadDefinitionsAsync"/>.
    /// </summary>
    public DefinitionCatalog Definitions => _shards.Definitions;

    /// <summary>True while tenants are in different shards, or one moves: what concerns several is not one commit.
    /// </summary>
    internal bool IsDivided => _shards.IsDivided;

    /// <summary>Answers all definitions once whatever made them so is durable: what a client has been shown is not
    /// undone by a crash.</summary>
    /// <param name="account">Whose are asked for, beside the server's own; those of others may be ahead of the disk.
    /// Null: all.</param>
    public ValueTask<Outcome<DefinitionCatalog>> ReadDefinitionsAsync(string? account = null) =>
        _host.Refusal is { } over
            ? ValueTask.FromResult<Outcome<DefinitionCatalog>>(over)
            : _shards.ReadDefinitionsAsync(account);

    /// <summary>Tells how the queues of all tenants stand, shard by shard and a page at a time.</summary>
    /// <param name="take">Given each page.</param>
    /// <param name="max">1 to 1,000 queues in a page.</param>
    public async ValueTask<Outcome<Done>> SurveyAsync(int max, Action<QueueFiguresPage> take)
    {
        foreach (var shard in _shards.All)
        {
            QueueName? next = null;
            do
            {
                var outcome = await shard.ExecuteAsync(new SurveyQueuesCommand(next, max)).ConfigureAwait(false);
                if (ReferenceEquals(outcome.Fault, ShardHost.Moving)) break;
                if (outcome.Fault is { } fault) return fault;
                var page = outcome.Value!;
                take(page with { Queues = [.. page.Queues.Where(one => _shards.IsOwner(shard, one.Name.Account))] });
                next = page.Next;
            }
            while (next is not null);
        }

        return default(Done);
    }

    /// <summary>What an account has; null: it has nothing and never had.</summary>
    public AccountUse? UseOf(string account) => _shards.ShardOf(account).Loop.Shard.UseOf(account);

    /// <summary>All that have something.</summary>
    public IEnumerable<AccountUse> Uses => _shards.All.SelectMany(shard =>
        shard.Loop.Shard.Uses.Where(use => _shards.IsOwner(shard, use.Account)));

    /// <summary>Holds accounts to limits from now on.</summary>
    /// <param name="make">Makes for each shard what tells the present limits of an account, null for none; the shard's
    /// thread alone calls it.</param>
    public void Limit(Func<Func<string, AccountLimits?>> make)
    {
        _host.MakeLimits = make;
        foreach (var shard in _shards.All) shard.Loop.Shard.Limit(make());
    }

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

            var messages = outcome.Value.Count == 0 ? [] : ReadContents(work.Loop!, outcome.Value);
            MessageSpans.Received(span, messages);
            return messages;
        }
        finally
        {
            foreach (var pin in work.Pins) pin.Dispose();
            work.Loop?.Readers.Remove();
        }
    }

    /// <summary>
    /// Completes when a message may have left its queue, and that is on disk; at once when it is not there. What
    /// expires leaves when somebody looks at the queue.
    /// </summary>
    /// <param name="account">Whose message it is.</param>
    /// <param name="giveUp">Completes it, too.</param>
    public ValueTask<Outcome<Done>> WaitForDepartureAsync(
        string account, MessagePlace place, CancellationToken giveUp)
    {
        var work = new DepartureWork(account, place, giveUp);
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
                    new BrowsedMessage(message, ReadContent(work.Loop!, message.MessageId, message.Payload))).ToArray()
                : outcome.Fault;
        }
        finally
        {
            foreach (var pin in work.Pins) pin.Dispose();
            work.Loop?.Readers.Remove();
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
        if (_host.IsStopping) return;
        if (_host.IsThreaded) await Placements.StopAsync().ConfigureAwait(false);
        _host.Stop();
        await _housekeeping.DisposeAsync().ConfigureAwait(false);
        await _shards.StopAsync().ConfigureAwait(false);
    }

    /// <summary>What the broker runs on, for a simulation to look into; only for the thread that steps it.</summary>
    internal ShardLoop Loop => _shards.Pool.Loop;

    /// <summary>
    /// Runs what goes on beside the requests. Where it awaits with <c>ConfigureAwait(true)</c> it stays on the options'
    /// scheduler, which for a server is the thread pool.
    /// </summary>
    internal Task RunLoop(Func<Task> loop) => Task.Factory
        .StartNew(loop, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _loopScheduler)
        .Unwrap();

    /// <summary>Without a thread of its own (an inline journal): does what there is to do now.</summary>
    internal void Step()
    {
        foreach (var shard in _shards.All.ToArray()) shard.Loop.Step();
    }

    internal ValueTask<Outcome<T>> ExecuteUntracedAsync<T>(Command<T> command)
    {
        if (_shards.IsDivided && command.Accounts is { Count: > 1 } accounts && !_shards.AreTogether(accounts))
            return ExecuteDividedAsync(command);
        var work = new CommandWork<T>(command);
        return Admit(work) is { } fault ? ValueTask.FromResult<Outcome<T>>(fault) : work.Task;
    }

    /// <summary>Gives work again that came to a shard which does not have its account any more.</summary>
    internal void Readmit(Work work)
    {
        if (Admit(work) is not { } fault) return;
        if (_host.IsThreaded) ThreadPool.UnsafeQueueUserWorkItem(_ => work.Refuse(fault), null);
        else work.Refuse(fault);
    }

    private async ValueTask<Outcome<T>> ExecuteDividedAsync<T>(Command<T> command)
    {
        if (command is PublishCommand publish)
        {
            var published = await DividedPublish.ExecuteAsync(this, publish, _shards).ConfigureAwait(false);
            if (!published.IsOk) return published.Fault;
            return (T)(object)published.Value;
        }

        if (command is not DefineCommand define)
        {
            return new Fault(FaultCode.Unsupported,
                "It concerns tenants of which one has a shard of its own (a silo); that works within a shard only.");
        }

        foreach (var account in define.Accounts)
        {
            var outcome = await ExecuteUntracedAsync(define.Of(account)).ConfigureAwait(false);
            if (!outcome.IsOk) return outcome.Fault;
        }

        return (T)(object)default(Done);
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
        if (_host.Refusal is { } over) return over;
        return work.RecordBytesMax > _recordBytesMax ? TooLarge : _shards.Admit(work);
    }

    private ReceivedMessage[] ReadContents(ShardLoop loop, IReadOnlyList<LeasedMessage> leases)
    {
        var messages = new ReceivedMessage[leases.Count];
        for (var i = 0; i < messages.Length; i++)
        {
            var content = ReadContent(loop, leases[i].MessageId, leases[i].Payload);
            messages[i] = new ReceivedMessage(leases[i], content);
        }

        return messages;
    }

    private MessageContent ReadContent(ShardLoop loop, Guid messageId, PayloadRef payload)
    {
        try
        {
            return StoredContent.Read(loop.Journal, messageId, payload);
        }
        catch (StateCorruptException damage)
        {
            _host.Fail(damage);
            throw;
        }
    }

    // One shard that may not go on ends the process, since tenants count on each other's shards.
    private void OnFailed(Exception failure)
    {
        LogFailure(failure.Message, failure);
        foreach (var shard in _shards?.All ?? []) shard.Loop.End();
    }

    private void KeepHouse()
    {
        var isLow = false;
        foreach (var shard in _shards.All)
        {
            shard.Loop.Journal.CheckSpace();
            isLow |= shard.Loop.Journal.IsLowOnSpace;

            // Only a checkpoint gives back the segments that were emptied since the last one.
            if (shard.Loop.Journal.IsLowOnSpace || shard.Loop.HasCheckpointFailed) shard.Loop.RequestCheckpoint();
        }

        if (isLow && !_wasLowOnSpace) LogDiskFull();
        if (!isLow && _wasLowOnSpace) LogDiskHasRoom();
        _wasLowOnSpace = isLow;
    }

    [LoggerMessage(LogLevel.Error, "The disk is down to its reserve: sends are refused; receives and deletes go on")]
    private partial void LogDiskFull();

    [LoggerMessage(LogLevel.Information, "The disk has room again: sends are accepted")]
    private partial void LogDiskHasRoom();

    [LoggerMessage(LogLevel.Critical, "Nothing more is acknowledged: {Reason}")]
    private partial void LogFailure(string reason, Exception failure);
}
