using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;

namespace Weir.Simulator;

// A broker on its disk and clock, one process after another, with the requests that are under way and the oracle that
// judges their answers.
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001",
    Justification = "A process that ends disposes of nothing; Stop is the clean way.")]
internal sealed class Machine(
    BrokerOptions options, SimulatedDisk disk, SimulatedTime time, OracleState oracle, Coverage coverage, Trace trace)
{
    private const int StartsMax = 20;

    // An expired message that its dead-letter queue never has room for holds up its queue until its retention ends.
    private const int StallsMax = 20;

    private readonly List<Call> _posted = [];
    private readonly List<Call> _parked = [];
    private readonly List<Call> _answered = [];
    private readonly List<HandleModel> _handles = [];
    private Probe _probe = new(coverage);
    private Weir.Broker.Broker? _broker;
    private long _roomSinceMs;
    private int _imageSeed;
    private bool _isStopped;

    public SimulatedDisk Disk { get; private set; } = disk;

    public SimulatedTime Time => time;

    public OracleState Oracle => oracle;

    public bool IsFull => Disk.CapacityBytes != long.MaxValue;

    // Does nothing while the broker runs.
    public void Start()
    {
        for (var starts = 0; _broker is null && starts < StartsMax; starts++)
        {
            try
            {
                time.ForgetTimers();
                _broker = new Weir.Broker.Broker(
                    options, time, IdSource.FromSeed(starts), Disk, NullLogger<Weir.Broker.Broker>.Instance);
                _probe = new Probe(coverage);
                LookAround();
            }
            catch (SimulatedCrashException)
            {
                LosePower();
            }
            catch (JournalDiskException failure)
            {
                trace.Note($"start failed: {failure.Message}");
                EndProcess();
                if (failure.IsDiskFull) FillDisk(null);
            }
        }

        if (_broker is null) throw new SimulationFailureException("The broker does not start any more.");
    }

    public void PowerLoss(PowerLoss loss)
    {
        _imageSeed = loss.ImageSeed;
        if (loss.AfterOperations > 0)
        {
            Disk.CrashAtOperation = Disk.Operations + loss.AfterOperations;
            return;
        }

        LosePower();
        Start();
    }

    public void Kill()
    {
        coverage.Count("kills");
        EndProcess();
        Start();
    }

    public void Restart()
    {
        Stop();
        Start();
    }

    // The clean way. If the disk fails meanwhile, the broker runs again afterwards, and Stop answers false.
    public bool Stop()
    {
        Guarded(Leave, restarts: false);
        if (_isStopped) return true;
        Start();
        return false;
    }

    private void Leave()
    {
        _isStopped = false;
        coverage.Count("clean stops");
        oracle.AdvanceTo(time.NowMs);
        oracle.BeginStep();
        foreach (var call in _parked) call.MayEndEarly = true;
        foreach (var call in _posted) call.MayEndEarly = true;
        _broker!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        JudgeAnswers();
        oracle.EndStep(Waiting());
        if (_posted.Count + _parked.Count > 0) throw new SimulationFailureException("A stop left requests unanswered.");
        EndProcess();
        _isStopped = true;
    }

    public void FillDisk(int? roomBytes)
    {
        Disk.CapacityBytes = roomBytes is { } bytes ? Disk.UsedBytes + bytes : long.MaxValue;
        _roomSinceMs = time.NowMs;
    }

    // A twin of the machine that is off, whose disk was damaged meanwhile.
    public Machine DamagedTwin(Damage damage, Coverage twins)
    {
        var image = Disk.Copy();
        var files = image.List(options.Journal.Directory);
        var path = Path.Combine(options.Journal.Directory, files[damage.File % files.Count]);
        var length = image.Open(path).Length;
        var place = (long)(damage.Place * length);
        trace.Note($"damage {path} at {place} of {length} with {damage.Mask}");
        if (damage.Mask == 0) image.Truncate(path, (int)place);
        else image.Damage(path, place, damage.Mask);
        var clock = new SimulatedTime();
        clock.LeapTo(time.NowMs);
        return new Machine(options, image, clock, oracle.Copy(), twins, trace);
    }

    public void Hangup(int receive)
    {
        var waiting = _parked.Concat(_posted).Where(call => call.Operation is Receive).ToList();
        if (waiting.Count == 0) return;
        var call = waiting[receive % waiting.Count];
        call.MayEndEarly = true;
        coverage.Count("hangups");
        call.Hangup.Cancel();
    }

    public void Post(Operation operation)
    {
        var handles = HandlesFor(operation, out var queue);
        if (operation is Delete or ChangeVisibility && handles.Count == 0) return;
        var call = new Call(operation, queue, handles, time.NowMs);
        if (operation is DeleteQueue)
        {
            foreach (var other in _parked.Concat(_posted)) other.MayEndEarly |= other.Queue == queue;
        }

        _posted.Add(call);
        Submit(call);
        if (call.Answer is null) return;

        // Answered at once: refused before it reached the shard.
        _answered.Remove(call);
        _posted.Remove(call);
        JudgeRefusal(call);
    }

    public void Step() => Guarded(() =>
    {
        oracle.AdvanceTo(time.NowMs);
        oracle.BeginStep();
        _broker!.Step();
        JudgeAnswers();
        oracle.EndStep(Waiting());
        foreach (var call in _posted) call.IsParked = true;
        _parked.AddRange(_posted);
        _posted.Clear();
        CheckWaiting();
        _probe.Look(_broker);
    });

    public void Pass(long ms)
    {
        if (_posted.Count > 0) Step();
        var end = time.NowMs + ms;

        // Precise for a while; a long time goes by in one leap.
        for (var ticks = 0; ticks < 40 && time.NextDueMs <= end && ms <= 10_000; ticks++)
            LeapTo(Math.Max(time.NowMs, time.NextDueMs!.Value));
        LeapTo(end);
    }

    public void LeapTo(long nowMs)
    {
        if (_posted.Count > 0) Step();
        Guarded(() => time.LeapTo(nowMs));
        Step();
    }

    public void LookAround()
    {
        for (var queue = 0; queue < Queues.Names.Length; queue++) Post(new Look(queue));
        Step();
    }

    // Takes out all there is, and so finds what is missing and what is too much.
    public void Drain()
    {
        Unlimit();
        for (var (rounds, stalls) = (0, 0); rounds < 2000; rounds++)
        {
            var queues = oracle.Any.Queues.Where(queue => queue.Messages.Count > 0).ToList();
            if (queues.Count == 0) break;
            oracle.AdvanceTo(time.NowMs);
            var visible = queues.FindAll(queue => queue.Next() is not null);
            if (visible.Count == 0)
            {
                if (oracle.Any.ChangesMs().Cast<long?>().FirstOrDefault() is { } change) LeapTo(change);
                continue;
            }

            // One that is full or slow must not hold up the others.
            var ready = visible[rounds % visible.Count];
            var before = _handles.Count;
            Post(new Receive(ready.Index, 10, 60, null, 0));
            Step();
            if (_handles.Count > before) stalls = 0;
            else stalls++;
            if (stalls > StallsMax && oracle.Any.ChangesMs().Cast<long?>().FirstOrDefault() is { } end) LeapTo(end);
            else if (stalls > 0) Pass(1_000);
            else Post(new Delete(0, _handles.Count - before, IsForeign: false));
            Step();
        }

        LookAround();
        if (oracle.Any.Queues.Any(queue => queue.Messages.Count > 0))
            throw new SimulationFailureException("The queues cannot be drained.");
    }

    // Queues whose delivery is paused cannot be drained. Only frames that take a changed configuration have such.
    private void Unlimit()
    {
        if (options.Journal.FrameBytesMax <= 1 << 20) return;
        foreach (var queue in oracle.Any.Queues.Where(queue => queue.Flow.IsDeliveryPaused).ToList())
            Post(new Configure(queue.Index, Setting.Pause, 1));
        Step();
    }

    private void Guarded(Action act, bool restarts = true)
    {
        try
        {
            act();
            if (!Disk.HasCrashed) return;
            LosePower();
        }
        catch (SimulatedCrashException)
        {
            LosePower();
        }
        catch (AggregateException several) when (several.InnerException is JournalDiskException failure)
        {
            Fail(failure);
        }
        catch (JournalDiskException failure)
        {
            Fail(failure);
        }

        if (restarts) Start();
    }

    private void Fail(JournalDiskException failure)
    {
        if (!IsFull && !Disk.HasFailed) throw new SimulationFailureException("The disk is blamed.", failure);
        trace.Note($"failed: {failure.Message}");
        var isSync = failure.Operation == "Sync"
            || failure.InnerException is JournalDiskException { Operation: "Sync" };
        coverage.Count(failure.IsDiskFull ? "ends for space" : isSync ? "failed syncs" : "failed writes");
        EndProcess();

        // Others took the reserve as well. Nothing can go on before somebody makes room.
        if (failure.IsDiskFull) FillDisk(null);
    }

    private void LosePower()
    {
        coverage.Count("power losses");
        LoseCalls();
        Disk = Disk.Crash(_imageSeed++);
        coverage.Count("crash images");
        coverage.Count("torn writes", Disk.TornWrites);
    }

    private void EndProcess()
    {
        LoseCalls();
        Disk.EndProcess();
    }

    private void LoseCalls()
    {
        JudgeAnswers();
        coverage.Count("unknown outcomes", _posted.Count);
        trace.Note($"{time.NowMs} the process ends with {_posted.Count} requests unanswered");
        oracle.AdvanceTo(time.NowMs);
        oracle.Lose(_posted, _parked);
        _posted.Clear();
        _parked.Clear();
        _broker = null;
    }

    private void JudgeAnswers()
    {
        foreach (var call in _answered)
        {
            if (call.Failure is { } failure) throw Rethrown(failure);
            trace.Note($"{time.NowMs} {call.Operation} -> {call.Answer}");
            if (oracle.Judge(call, Waiting(call)) is { } expected)
            {
                throw new SimulationFailureException(
                    $"{call.Operation} was answered\n         {call.Answer}\nexpected {expected}");
            }

            if (call is { Answer: "", MayEndEarly: false, Operation: Receive { WaitSeconds: > 0 } waiting }
                && time.NowMs < call.StartedMs + (waiting.WaitSeconds * 1000))
                throw new SimulationFailureException($"{call.Operation} gave up early.");
            Learn(call);
            _posted.Remove(call);
            _parked.Remove(call);
        }

        _answered.Clear();
    }

    // Those who wait; whose waiting ended in this very step may have moved dead letters before it did.
    private List<Call> Waiting(Call? judged = null) => [.. _parked.Concat(_posted)
        .Where(call => call != judged && call.Operation is Receive { WaitSeconds: not 0 })];

    private static Exception Rethrown(Exception failure) =>
        failure is Engine.State.StateCorruptException or JournalCorruptException
        ? failure
        : new SimulationFailureException($"A request failed: {failure.Message}", failure);

    private void JudgeRefusal(Call call)
    {
        trace.Note($"{time.NowMs} {call.Operation} -> refused {call.Answer}");
        var isForSpace = call.Answer == nameof(FaultCode.DiskFull) && call.IsAdding
            && (IsFull || time.NowMs <= _roomSinceMs + 1000);
        if (isForSpace) coverage.Count("refused for space");
        else if (call.Answer != nameof(FaultCode.InvalidValue) || !call.IsTooLarge)
            throw new SimulationFailureException($"{call.Operation} was refused: {call.Answer}");
    }

    private void Learn(Call call)
    {
        foreach (var message in call.Received)
        {
            var receipt = message.Lease.Receipt;
            _handles.Add(new HandleModel(call.Queue, receipt.QueueId, receipt.Sequence, receipt.ReceiveCount));
        }

        Probe.Count(coverage, call);
    }

    private void CheckWaiting()
    {
        foreach (var call in _parked.Where(call => !call.Hangup.IsCancellationRequested))
        {
            var receive = (Receive)call.Operation;
            if (oracle.IsForgotten(call))
                throw new SimulationFailureException($"{receive} waits although there is a message.");
            if (receive.WaitSeconds > 0 && time.NowMs >= call.StartedMs + (receive.WaitSeconds * 1000))
                throw new SimulationFailureException($"{receive} waits longer than it asked for.");
        }
    }

    private List<HandleModel> HandlesFor(Operation operation, out int queue)
    {
        queue = operation.QueueOf();
        var (back, count, isForeign) = operation switch
        {
            Delete delete => (delete.Handle, delete.Count, delete.IsForeign),
            ChangeVisibility change => (change.Handle, 1, change.IsForeign),
            Publish { Handle: { } handle } => (handle, 1, false),
            _ => default,
        };
        if (count == 0 || _handles.Count == 0) return [];
        var newest = _handles[_handles.Count - 1 - (back % _handles.Count)];
        queue = isForeign ? (newest.Queue + 1) % Queues.Names.Length : newest.Queue;
        return [.. _handles.AsEnumerable().Reverse().Skip(back % _handles.Count)
            .Where(handle => handle.Queue == newest.Queue).Take(count)];
    }

    private void Submit(Call call)
    {
        switch (call.Operation)
        {
            case Send send: Execute(call, Calls.Command(send), sent => Answers.Of(sent, Answers.Of)); break;
            case Publish publish: Execute(call, Calls.Command(publish, call), Answers.Of); break;
            case Receive receive: _ = ReceiveAsync(call, receive); break;
            case Delete: Execute(call, Calls.DeleteCommand(call), done => Answers.Of(done, _ => Answers.Done)); break;
            case ChangeVisibility change:
                Execute(call, Calls.ChangeCommand(call, change.Seconds), done => Answers.Of(done, _ => Answers.Done));
                break;
            case Purge: Execute(call, new PurgeQueueCommand(Queues.Names[call.Queue]), _ => Answers.Done); break;
            case CreateQueue create: Execute(call, Calls.Command(create), Answers.Of); break;
            case DeleteQueue: Execute(call, new DeleteQueueCommand(Queues.Names[call.Queue]), _ => Answers.Done); break;
            case Configure configure: Execute(call, Calls.Command(configure), _ => Answers.Done); break;
            case Tag tag: Execute(call, Calls.Command(tag), _ => Answers.Done); break;
            case Look: Execute(call, new GetQueueCommand(Queues.Names[call.Queue]), Answers.Of); break;
            case StartMove start: Execute(call, Calls.Command(start), Answers.Of); break;
            case CancelMove cancel: Execute(call, Calls.Command(cancel), Answers.Of); break;
            case ListMoves:
                Execute(call, new ListMoveTasksCommand(Queues.Names[call.Queue], 10),
                    moves => string.Join(' ', moves.Select(Answers.Of)));
                break;
            default: throw new InvalidOperationException($"{call.Operation} is no request.");
        }
    }

    private void Execute<T>(Call call, Command<T> command, Func<T, string> describe)
    {
        call.IsTooLarge = command.RecordBytesMax > options.Journal.FrameBytesMax;
        _ = ExecuteAsync(call, command, describe);
    }

    private async Task ExecuteAsync<T>(Call call, Command<T> command, Func<T, string> describe)
    {
        // The broker completes what it answers in the order of execution, on this thread.
        var outcome = await _broker!.ExecuteAsync(command).ConfigureAwait(false);
        call.Answer = Answers.Of(outcome, describe);
        _answered.Add(call);
    }

    private async Task ReceiveAsync(Call call, Receive receive)
    {
        try
        {
            TimeSpan? wait = receive.WaitSeconds < 0 ? null : TimeSpan.FromSeconds(receive.WaitSeconds);
            var outcome = await _broker!.ReceiveAsync(Calls.Command(receive), wait, call.Hangup.Token)
                .ConfigureAwait(false);
            if (outcome.IsOk) call.Received = outcome.Value;
            call.Answer = Answers.Of(outcome, messages => string.Concat(messages.Select(Answers.Of)));
        }
        catch (OperationCanceledException)
        {
            call.Answer = Answers.Cancelled;
        }
        catch (Exception failure)
        {
            call.Failure = failure;
        }

        _answered.Add(call);
    }
}
