namespace Weir.Simulator;

// Draws the lines of a flow. Every seed has its own taste: which sources, how many pipes, how often the machine fails.
internal sealed class FlowGenerator
{
    private static readonly long[] Times = [1, 100, 1_000, 5_000, 20_000, 30_000, 31_000, 61_000, 600_000, 7_200_000];

    private readonly Random _random;
    private readonly int[] _sources;
    private readonly int _pipes;
    private readonly int _padMax;
    private readonly List<(int Weight, Func<Operation> Draw)> _kinds;
    private int _messages;
    private int _generations;

    public FlowGenerator(Random random)
    {
        _random = random;
        _sources = random.Next(3) switch { 0 => [FlowNames.Source], 1 => [FlowNames.FifoSource], _ => [0, 1] };
        _pipes = 1 + random.Next(3);
        _padMax = random.Next(3) switch { 0 => 10, 1 => 300, _ => 2_000 };
        _kinds = Kinds(faults: random.Next(4));
    }

    public List<Operation> Many()
    {
        var operations = new List<Operation>();
        foreach (var queue in (int[])[FlowNames.Target, FlowNames.FifoTarget])
        {
            if (!Chance(4)) operations.Add(new MakeQueue(queue, Chance(2) ? null : Pick(1, 3, 8)));
        }

        for (var pipe = 0; pipe < _pipes; pipe++)
        {
            if (Chance(2)) operations.Add(Put(pipe));
        }

        for (var left = 30 + _random.Next(80); left > 0; left--)
            operations.Add(One() with { IsHeld = Chance(4) });
        return operations;
    }

    private Operation One()
    {
        var at = _random.Next(_kinds.Sum(kind => kind.Weight));
        return _kinds.First(kind => (at -= kind.Weight) < 0).Draw();
    }

    private List<(int Weight, Func<Operation> Draw)> Kinds(int faults) =>
    [
        (24, Send),
        (8, () => new FlowTake(Pick(4, 5, 6, 7), 1 + _random.Next(10), Pick(0, 1, 30), Deletes: !Chance(4))),
        (3, () => new FlowTake(
            _sources[_random.Next(_sources.Length)], 1 + _random.Next(3), Pick(0, 1, 5, 60), Deletes: Chance(3))),
        (2, () => new FlowTake(Pick(2, 3), 5, 1, Deletes: Chance(2))),
        (2, () => new MakeQueue(Pick(4, 5), Chance(2) ? null : Pick(1, 3, 8))),
        (4, () => Put(_random.Next(_pipes))),
        (3, () => new SwitchPipe(_random.Next(_pipes), Chance(2))),
        (1, () => new DropPipe(_random.Next(_pipes))),
        (4, PutSchedule),
        (1, () => new DropSchedule(_random.Next(FlowNames.Slots))),
        (3, () => new FlowTake(FlowNames.Events, 10, 30, Deletes: true)),
        (12, () => new Pass(Times[_random.Next(Times.Length)])),
        (faults, () => new PowerLoss(Chance(3) ? 0 : 1 + _random.Next(25), _random.Next())),
        (Math.Min(2, faults), () => new Kill()),
        (Math.Min(1, faults), () => new Restart()),
        (Math.Min(1, faults), () => Chance(2)
            ? new FailWrite(1 + _random.Next(20))
            : new FailSync(1 + _random.Next(20))),
        (Math.Min(2, faults), () => new FillDisk(Chance(2) ? null : _random.Next(100_000))),
    ];

    private FlowSend Send()
    {
        var (first, count) = (_messages + 1, Chance(3) ? 1 + _random.Next(8) : 1);
        _messages += count;
        return new FlowSend(
            _sources[_random.Next(_sources.Length)], first, count, _random.Next(3), _random.Next(_padMax));
    }

    private PutPipe Put(int pipe) => new(
        pipe, _sources[_random.Next(_sources.Length)], (PipeTarget)_random.Next(3),
        Chance(3) ? _random.Next(3) : null, Pick(1, 2, 5, 10), Chance(4) ? Pick(1, 5, 40) : 0);

    private PutSchedule PutSchedule()
    {
        var kind = (ScheduleKind)_random.Next(3);
        var value = kind == ScheduleKind.At ? Pick(1, 45, 600, 7_000) : Pick(1, 2, 5, 30);
        return new PutSchedule(
            _random.Next(FlowNames.Slots), ++_generations, kind, value, Chance(2) ? null : Pick(60, 600));
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private int Pick(params int[] values) => values[_random.Next(values.Length)];
}
