using Weir.Engine.State;
using Weir.Journal;

namespace Weir.Simulator;

// Runs one scenario from its first line to the account of every message.
internal sealed class Simulation(Scenario scenario, bool isTraced = false)
{
    public Coverage Coverage { get; } = new();

    public Trace Trace { get; } = new(isTraced);

    public static SimulationResult Run(Scenario scenario, bool isTraced = false) =>
        new Simulation(scenario, isTraced).Run();

    private SimulationResult Run()
    {
        string? failure = null;
        var context = SynchronizationContext.Current;
        try
        {
            // What is awaited goes on where it is completed, on this thread.
            SynchronizationContext.SetSynchronizationContext(null);
            if (scenario.IsFlow) new FlowSimulation(scenario, Coverage, Trace).Run();
            else Play();
        }
        catch (Exception exception)
        {
            failure = exception is SimulationFailureException { InnerException: null }
                ? exception.Message
                : exception.ToString();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        Coverage.Count("seeds");
        return new SimulationResult(scenario, failure, Coverage, Trace);
    }

    private void Play()
    {
        var time = new SimulatedTime();
        var startMs = time.NowMs;
        var machine = new Machine(
            scenario.Options,
            new SimulatedDisk(scenario.Seed)
            {
                ForgetsSyncs = scenario.ForgetsSyncs, ForgetsDirectorySyncs = scenario.ForgetsDirectorySyncs,
            },
            time, new OracleState(scenario.Options.Engine), Coverage, Trace);
        machine.Start();
        foreach (var operation in scenario.Operations)
        {
            Do(machine, operation);
            if (!operation.IsHeld) machine.Step();
        }

        machine.FillDisk(null);
        machine.Restart();
        machine.Pass(2_100);
        machine.Drain();
        Coverage.Count("simulated ms", time.NowMs - startMs);
        Trace.Note($"{machine.Disk.Operations} operations of the disk");
    }

    private void Do(Machine machine, Operation operation)
    {
        switch (operation)
        {
            case Pass pass: machine.Pass(pass.Ms); break;
            case LeapToChange leap: Leap(machine, leap); break;
            case PowerLoss loss: machine.PowerLoss(loss); break;
            case Kill: machine.Kill(); break;
            case Restart: machine.Restart(); break;
            case FailWrite fail: machine.Disk.FailAtWrite = machine.Disk.Writes + fail.After; break;
            case FailSync fail: machine.Disk.FailAtSync = machine.Disk.Syncs + fail.After; break;
            case FillDisk fill: machine.FillDisk(fill.RoomBytes); break;
            case Hangup hangup: machine.Hangup(hangup.Receive); break;
            case Damage damage: DamageTwin(machine, damage); break;
            default: machine.Post(operation); break;
        }
    }

    private static void Leap(Machine machine, LeapToChange leap)
    {
        var changes = machine.Oracle.Any.ChangesMs().Take(leap.Which + 1).ToList();
        if (changes.Count > 0) machine.LeapTo(Math.Max(machine.Time.NowMs, changes[^1] + leap.OffMs));
    }

    // Damage is never silent: the broker refuses to start, or to hand out what is damaged, or nothing is amiss.
    private void DamageTwin(Machine machine, Damage damage)
    {
        Coverage.Count("damaged images");
        if (!machine.Stop()) return;
        var twin = machine.DamagedTwin(damage, new Coverage());
        try
        {
            twin.Start();
            twin.Drain();
        }
        catch (Exception refusal) when (refusal is JournalCorruptException or StateCorruptException)
        {
            Trace.Note($"damage was refused: {refusal.Message}");
            Coverage.Count("damaged images refused");
        }

        machine.Start();
    }
}

internal sealed record SimulationResult(Scenario Scenario, string? Failure, Coverage Coverage, Trace Trace);
