using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Broker.Pipes;

namespace Weir.Simulator;

// Runs a flow: messages go from queues through pipes, schedules fire, while clients, disk and machine do what they do.
// When it is over and all is quiet, every message that was acknowledged is in one place, once, and each due time was
// fired once.
internal sealed class FlowSimulation
{
    // A message that was refused waits for the end of its lease, and a FIFO queue takes a dozen in five minutes.
    private const int QuietRoundsMax = 1_000;

    // Less than by which a pipe's leases outlast the time that a batch waits to be full.
    private const int QuietLeapMs = 20_000;

    private readonly Scenario _scenario;
    private readonly Coverage _coverage;
    private readonly Trace _trace;
    private readonly FlowMachine _machine;
    private readonly FlowLedger _ledger = new();
    private readonly ScheduleLedger _schedules;
    private readonly FlowClients _clients;

    public FlowSimulation(Scenario scenario, Coverage coverage, Trace trace)
    {
        (_scenario, _coverage, _trace) = (scenario, coverage, trace);
        _machine = new FlowMachine(scenario, new SimulatedTime(), coverage, trace);
        _schedules = new ScheduleLedger(coverage);
        _clients = new FlowClients(_machine, _ledger, _schedules, coverage, trace);
        _machine.OnStarted = _clients.LearnSchedules;
        _machine.OnSettled = () =>
        {
            if (_machine.HasRoom) _schedules.Require(_machine.Time.NowMs);
        };
    }

    public void Run()
    {
        var startMs = _machine.Time.NowMs;
        _machine.Start();
        _clients.Prepare(receivesMax: _scenario.Seed % 4);
        _machine.Settle();
        foreach (var operation in _scenario.Operations) Do(operation);
        ComeToRest();
        Account();
        _coverage.Count("simulated ms", _machine.Time.NowMs - startMs);
        _trace.Note($"{_machine.Disk.Operations} operations of the disk");
    }

    private void Do(Operation operation)
    {
        switch (operation)
        {
            case Pass pass: _machine.Pass(pass.Ms); break;
            case PowerLoss loss: _machine.PowerLoss(loss); break;
            case Kill: _machine.Kill(); break;
            case Restart: _machine.Restart(); break;
            case FailWrite fail: _machine.Disk.FailAtWrite = _machine.Disk.Writes + fail.After; break;
            case FailSync fail: _machine.Disk.FailAtSync = _machine.Disk.Syncs + fail.After; break;
            case FillDisk fill: _machine.FillDisk(fill.RoomBytes); break;
            case FlowOperation flow: _clients.Do(flow); break;
            default: throw new InvalidOperationException($"{operation} is none of a flow.");
        }

        if (operation.IsHeld) _machine.Round();
        else _machine.Settle();
    }

    // Nothing fails any more, everything that pipes lead to is there, and what arrives is taken: the pipes must empty
    // their sources.
    private void ComeToRest()
    {
        _machine.FillDisk(null);
        _machine.Restart();
        _machine.Pass(2_100);
        foreach (var queue in (int[])[FlowNames.Target, FlowNames.FifoTarget])
        {
            _clients.Run(_clients.MakeAsync(queue, null));
            _machine.Settle();
        }

        var definitions = _machine.Broker!.Definitions;
        var sources = PipeDirectory.PipesIn(definitions)
            .Select(pipe => PipeDirectory.Find(definitions, pipe)!)
            .Where(pipe => !pipe.IsStopped)
            .Select(pipe => pipe.Source)
            .Distinct()
            .ToList();
        for (var round = 0; !sources.TrueForAll(IsEmpty); round++)
        {
            if (round == QuietRoundsMax)
                throw new SimulationFailureException("A pipe runs, and leaves messages in its queue.");
            _machine.LeapTo(_machine.Time.NowMs + QuietLeapMs);
            for (var queue = FlowNames.Target; queue <= FlowNames.SecondOfTopic; queue++) Drain(queue);
        }
    }

    private bool IsEmpty(QueueName queue)
    {
        QueueCounters? found = null;
        _clients.Run(LookAsync());
        _machine.Settle();
        return found is { Visible: 0, InFlight: 0, Delayed: 0 };

        async Task LookAsync()
        {
            var outcome = await _machine.Broker!.ExecuteAsync(new GetQueueCommand(queue)).ConfigureAwait(false);
            found = outcome.Value.Counters;
        }
    }

    private void Account()
    {
        for (var pipe = 0; pipe < 3; pipe++)
        {
            _clients.Run(_clients.DropAsync(pipe));
            _machine.Settle();
        }

        _clients.Run(_clients.DropSchedulesAsync());
        _machine.Restart();

        // Longer than any lease, those of processes that were killed included.
        _machine.Pass(120_000);
        for (var queue = 0; queue < FlowNames.Queues.Length; queue++) Drain(queue);
        if ((_ledger.Settle() ?? _schedules.Settle()) is { } wrong) throw new SimulationFailureException(wrong);
    }

    private void Drain(int queue)
    {
        var isEmpty = false;
        while (!isEmpty)
        {
            _clients.Run(TakeAsync());
            _machine.Settle();
        }

        async Task TakeAsync()
        {
            var taken = await _clients.TakeAsync(new FlowTake(queue, 10, 30, Deletes: true)).ConfigureAwait(false);
            isEmpty = taken == 0;
        }
    }
}
