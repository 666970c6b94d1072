using Microsoft.Extensions.Logging;
using Weir.Broker.Forwarding;
using Weir.Engine;

namespace Weir.Broker.Schedules;

/// <summary>
/// Fires schedules, and rules that have one, when they are due. One loop takes what is due, many in a commit; between
/// times it sleeps until the next of them.
/// </summary>
// Invariant: for each due state in the definitions there is an entry on the face, or the loop has it in hand and sets
// it anew when it is done. Whoever changes a due state calls Refresh after the commit.
public sealed partial class ScheduleClock : IAsyncDisposable
{
    /// <summary>The system's clock may be set while a timer runs, so it is looked at this often at least.</summary>
    private static readonly TimeSpan SleepMax = TimeSpan.FromMinutes(1);

    /// <summary>Until what could not be done is tried again: an overloaded server or a full disk.</summary>
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Broker _broker;
    private readonly ILogger _logger;
    private readonly Forwarder _forwarder;
    private readonly ScheduleFiring _schedules;
    private readonly RuleFiring _rules;
    private readonly Lock _lock = new();
    private readonly ClockFace _face = new();
    private readonly ITimer _timer;
    private TaskCompletionSource _wake = NewSignal();
    private TaskCompletionSource _idle = NewSignal();
    private Task _loop = Task.CompletedTask;
    private bool _isDisposed;

    public ScheduleClock(Broker broker, ILogger<ScheduleClock> logger)
    {
        _broker = broker;
        _logger = logger;
        _forwarder = new Forwarder(broker, logger);
        _schedules = new ScheduleFiring(broker, logger);
        _rules = new RuleFiring(broker, logger);
        _timer = broker.Time.CreateTimer(
            static clock => ((ScheduleClock)clock!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Things that are due some time.</summary>
    internal int Count
    {
        get
        {
            lock (_lock) return _face.Count;
        }
    }

    /// <summary>Begins, with what was missed while no clock ran.</summary>
    public void Start()
    {
        foreach (var scope in _broker.Definitions.Scopes)
        {
            if (scope.Name.Kind is not (DueState.ScheduleKind or DueState.RuleKind)) continue;
            foreach (var item in scope.Items.Keys) Refresh(new DueKey(scope.Name, item));
        }

        _loop = _broker.RunLoop(RunAsync);
    }

    /// <summary>Stops between two batches; to be done before the broker ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        Wake();
        await _loop.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Reads anew when something is due. To be called after a change of that is done.</summary>
    internal void Refresh(DueKey key) => Refresh(key, notBeforeUnixMs: 0);

    /// <summary>Completes when nothing is due at this moment.</summary>
    internal Task WhenIdleAsync()
    {
        lock (_lock) return _idle.Task;
    }

    private void Refresh(DueKey key, long notBeforeUnixMs)
    {
        lock (_lock)
        {
            // Read within the lock: of two that refresh at once the later one reads what is later.
            if (DueState.Find(_broker.Definitions, key, out _) is not { } state)
            {
                _face.Remove(key);
                return;
            }

            var first = _face.FirstUnixMs;
            _face.Set(key, Math.Max(state.FireUnixMs, notBeforeUnixMs));
            if (_face.FirstUnixMs != first) Wake();
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            if (_idle.Task.IsCompleted) _idle = NewSignal();
            _wake.TrySetResult();
        }
    }

    private async Task RunAsync()
    {
        while (TakeDue(out var wake) is { } due)
        {
            if (due.Count > 0) await FireAsync(due).ConfigureAwait(true);
            else await wake.ConfigureAwait(true);
        }
    }

    /// <param name="wake">Completes when it is time to look again, if nothing is due now.</param>
    /// <returns>Null when the clock has stopped.</returns>
    private List<DueKey>? TakeDue(out Task wake)
    {
        lock (_lock)
        {
            wake = _wake.Task;
            if (_isDisposed) return null;
            var now = NowUnixMs;
            var due = _face.Take(now, FiringBatch.CountMax);
            if (due.Count == 0)
            {
                _wake = NewSignal();
                var sleepMs = Math.Min((long)SleepMax.TotalMilliseconds, (_face.FirstUnixMs ?? long.MaxValue) - now);
                _timer.Change(TimeSpan.FromMilliseconds(sleepMs), Timeout.InfiniteTimeSpan);
                _idle.TrySetResult();
            }

            wake = _wake.Task;
            return due;
        }
    }

    private async Task FireAsync(List<DueKey> due)
    {
        try
        {
            // The forwarder divides what is too much for a commit.
            var batch = Make(due);
            var outcomes = await _forwarder.ForwardAsync(batch.Units).ConfigureAwait(true);
            for (var i = 0; i < batch.Keys.Count; i++)
                await SettleAsync(batch.Keys[i], outcomes[i].Fault).ConfigureAwait(true);
        }
        catch (Exception failure)
        {
            // A fault of Weir's own must not stop all that is due: it is told, and tried again.
            LogFailed(failure);
            foreach (var key in due) Refresh(key, NowUnixMs + (long)SleepMax.TotalMilliseconds);
        }
    }

    private FiringBatch Make(List<DueKey> due)
    {
        var batch = new FiringBatch();
        foreach (var key in due)
        {
            // What is over waits for the next batch.
            if (!batch.IsFull && Make(key, refusal: null) is { } unit) batch.Add(key, unit);
            else Refresh(key);
        }

        return batch;
    }

    private Outgoing? Make(DueKey key, Fault? refusal) => key.Scope.Kind == DueState.RuleKind
        ? _rules.Make(key, _broker.Time.GetUtcNow(), refusal)
        : _schedules.Make(key, _broker.Time.GetUtcNow(), refusal);

    private async ValueTask SettleAsync(DueKey key, Fault? fault)
    {
        if (fault is not null && !IsPassing(fault) && fault.Code != FaultCode.ConfigChanged
            && Make(key, fault) is { } letter)
            fault = (await _forwarder.ForwardAsync(letter).ConfigureAwait(true)).Fault;

        // One that was changed meanwhile is due when the change says, and one that fired when it is due next.
        var isDone = fault is null or { Code: FaultCode.ConfigChanged };
        if (!isDone) LogDelayed(key.Item, fault!.Message);
        Refresh(key, isDone ? 0 : NowUnixMs + (long)RetryPause.TotalMilliseconds);
    }

    /// <summary>True for what is over when there is less to do.</summary>
    private static bool IsPassing(Fault fault) =>
        fault.Code is FaultCode.Overloaded or FaultCode.QueueFull or FaultCode.QuotaReached or FaultCode.DiskFull
            or FaultCode.Unavailable;

    private long NowUnixMs => _broker.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Error, "Schedules could not be fired, and are tried again in a minute")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Debug, "{Schedule} could not be fired now, and is tried again in a second: {Reason}")]
    private partial void LogDelayed(string schedule, string reason);
}
