using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker;
using Weir.Broker.Pipes;
using Weir.Broker.Schedules;
using Weir.Journal;

namespace Weir.Simulator;

// A broker with its pipes and schedules on its disk and clock, one process after another. All of it runs on one thread:
// the broker's own loops are queued on a scheduler, whose order follows from the seed.
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001",
    Justification = "A process that ends disposes of nothing; Stop is the clean way.")]
internal sealed class FlowMachine(Scenario scenario, SimulatedTime time, Coverage coverage, Trace trace)
{
    private const int StartsMax = 20;

    // What is under way comes to rest long before.
    private const int RoundsMax = 2_000;

    private const int TicksMsMax = 31_000;

    private static readonly TimeSpan RealTimeMax = TimeSpan.FromSeconds(30);

    private readonly BrokerOptions _options = scenario.Options;
    private SimulatedDisk _disk = new(scenario.Seed);
    private SimulatedScheduler _scheduler = new(scenario.Seed);
    private PipeRunner? _runner;
    private ScheduleClock? _clock;
    private long _roomSinceMs;
    private int _starts;
    private int _imageSeed;

    public SimulatedTime Time => time;

    public Weir.Broker.Broker? Broker { get; private set; }

    public PipeDirectory Pipes { get; private set; } = null!;

    public ScheduleDirectory Schedules { get; private set; } = null!;

    // Called when a process has begun, and when nothing moves any more without time going by.
    public Action OnStarted { get; set; } = () => { };

    public Action OnSettled { get; set; } = () => { };

    public SimulatedDisk Disk => _disk;

    public bool IsFull => _disk.CapacityBytes != long.MaxValue;

    // The broker has noticed that the disk has room, and has tried again what it could not do before.
    public bool HasRoom => !IsFull && time.NowMs >= _roomSinceMs + 3_000;

    // What a client found that must not be, or how it broke.
    public Exception? Failure { get; set; }

    // Does nothing while the broker runs.
    public void Start()
    {
        for (var tries = 0; Broker is null && tries < StartsMax; tries++)
        {
            try
            {
                time.ForgetTimers();
                Open();
                Settle();
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

        if (Broker is null) throw new SimulationFailureException("The broker does not start any more.");
    }

    public void PowerLoss(PowerLoss loss)
    {
        _imageSeed = loss.ImageSeed;
        if (loss.AfterOperations > 0)
        {
            _disk.CrashAtOperation = _disk.Operations + loss.AfterOperations;
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

    // The clean way: pipes first, then the broker.
    public void Restart()
    {
        Guarded(() =>
        {
            coverage.Count("clean stops");
            SettleNow();
            var ending = _runner!.DisposeAsync().AsTask();
            SettleNow();
            if (!ending.Wait(RealTimeMax)) throw new SimulationFailureException("The pipes do not end.");
            ending = _clock!.DisposeAsync().AsTask();
            SettleNow();
            if (!ending.Wait(RealTimeMax)) throw new SimulationFailureException("The clock does not end.");
            Broker!.DisposeAsync().AsTask().GetAwaiter().GetResult();
            EndProcess();
        });
        Start();
    }

    public void FillDisk(int? roomBytes)
    {
        _disk.CapacityBytes = roomBytes is { } bytes ? _disk.UsedBytes + bytes : long.MaxValue;
        _roomSinceMs = time.NowMs;
    }

    // Lets everything go on until nothing moves any more without time going by.
    public void Settle() => Guarded(SettleNow);

    // Goes a part of the way, so that what comes next meets what is under way.
    public void Round() => Guarded(() => RunRound());

    public void Pass(long ms)
    {
        Settle();
        var end = time.NowMs + ms;

        // With every timer on time; a longer time is a leap.
        for (var ticks = 0; ticks < 100 && time.NextDueMs <= end && ms <= TicksMsMax; ticks++)
            LeapTo(Math.Max(time.NowMs, time.NextDueMs!.Value));
        LeapTo(end);
    }

    // As a machine that was suspended does: what became due meanwhile runs once, late.
    public void LeapTo(long nowMs)
    {
        Guarded(() => time.LeapTo(nowMs));
        Settle();
    }

    private void Open()
    {
        _starts++;
        _scheduler = new SimulatedScheduler(scenario.Seed + (_starts << 20));
        var ids = IdSource.FromSeed(scenario.Seed + _starts);
        Broker = new Weir.Broker.Broker(
            _options with { LoopScheduler = _scheduler }, time, ids, _disk, NullLogger<Weir.Broker.Broker>.Instance);
        _runner = new PipeRunner(Broker, FlowMessages.Render, caller: null, NullLogger.Instance);
        Pipes = new PipeDirectory(Broker) { OnChanged = _runner.Refresh };
        _clock = new ScheduleClock(Broker, NullLogger<ScheduleClock>.Instance);
        Schedules = new ScheduleDirectory(Broker) { Clock = _clock };
        _runner.Start();
        _clock.Start();
        OnStarted();
    }

    private void SettleNow()
    {
        for (var rounds = 0; RunRound(); rounds++)
        {
            if (rounds == RoundsMax) throw new SimulationFailureException("It does not come to rest.");
        }

        foreach (var pipe in PipeDirectory.PipesIn(Broker!.Definitions))
        {
            if (_runner!.TroubleOf(pipe) is { } trouble && trouble.StartsWith("It broke", StringComparison.Ordinal))
                throw new SimulationFailureException($"{pipe} broke off.");
        }

        OnSettled();
    }

    // False when there is nothing to do at this moment.
    private bool RunRound()
    {
        _scheduler.Run();
        Broker!.Step();
        if (Failure is { } failure && !_disk.HasCrashed) throw failure;
        return _scheduler.HasTasks || Broker.Loop.WaitingCount > 0;
    }

    private void Guarded(Action act)
    {
        try
        {
            act();
            if (!_disk.HasCrashed) return;
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

        Start();
    }

    private void Fail(JournalDiskException failure)
    {
        if (!IsFull && !_disk.HasFailed) throw new SimulationFailureException("The disk is blamed.", failure);
        trace.Note($"failed: {failure.Message}");
        coverage.Count(failure.IsDiskFull ? "ends for space" : "failed writes and syncs");
        EndProcess();
        if (failure.IsDiskFull) FillDisk(null);
    }

    private void LosePower()
    {
        coverage.Count("power losses");
        Forget();
        _disk = _disk.Crash(_imageSeed++);
        trace.Note($"{time.NowMs} power loss");
    }

    private void EndProcess()
    {
        Forget();
        _disk.EndProcess();
        trace.Note($"{time.NowMs} the process ends");
    }

    // What was under way never goes on: its scheduler and timers are not run any more.
    private void Forget() => (Broker, _runner, _clock, Failure) = (null, null, null, null);
}
