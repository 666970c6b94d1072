using Weir.Broker;

namespace Weir.Simulator;

// Draws the lines of a scenario. Every seed has its own taste: which queues it uses, how large its messages are, how
// often the machine fails.
internal sealed class WorkloadGenerator
{
    // Times that meet the ends of leases, delays, retention and windows exactly, just before and just after.
    private static readonly long[] Times =
    [
        1, 50, 100, 999, 1_000, 1_001, 2_000, 4_999, 5_000, 29_999, 30_000, 60_000, 89_999, 90_000, 299_999, 300_000,
        3_600_000, 86_400_000, 345_600_000,
    ];

    private readonly Random _random;
    private readonly int[] _queues;
    private readonly int _bytesMax;
    private readonly List<(int Weight, Func<Operation> Draw)> _kinds;
    private readonly int _weights;
    private int _messages;
    private int _tasks;

    public WorkloadGenerator(Random random, BrokerOptions options)
    {
        _random = random;
        _bytesMax = Math.Min(5000, random.Next(4) switch { 0 => 60, 1 => 600, _ => options.Journal.FrameBytesMax / 4 });
        _queues = [.. Enumerable.Range(0, Queues.Names.Length).Where(_ => random.Next(2) == 0)];
        if (_queues.Length == 0) _queues = [random.Next(Queues.Names.Length)];
        _kinds = Kinds(faults: random.Next(4), sends: 15 + random.Next(30));
        _weights = _kinds.Sum(kind => kind.Weight);
    }

    public List<Operation> Many()
    {
        // Without queues nothing happens; with their policies more does.
        var operations = new List<Operation>();
        foreach (var queue in _queues.Reverse())
        {
            operations.Add(Chance(2)
                ? new CreateQueue(queue, Setting.Redrive, _random.Next(3))
                : new CreateQueue(queue, AnySetting(), _random.Next(12)));
            if (Chance(2)) operations.Add(new CreateQueue(queue, Setting.None, 0));
        }

        for (var left = 40 + _random.Next(220); left > 0; left--)
            operations.Add(One() with { IsHeld = _random.Next(5) == 0 });
        return operations;
    }

    private Operation One()
    {
        var at = _random.Next(_weights);
        foreach (var (weight, draw) in _kinds)
        {
            if ((at -= weight) < 0) return draw();
        }

        throw new InvalidOperationException("The weights do not add up.");
    }

    private List<(int Weight, Func<Operation> Draw)> Kinds(int faults, int sends) =>
    [
        (sends, Send),
        (8, () => new Publish(_queues.Aggregate(0, (bits, queue) => Chance(3) ? bits : bits | (1 << queue)),
            NextMessage(), Chance(3) ? _random.Next(8) : null)),
        (14, () => new Receive(Queue(), 1 + _random.Next(10), Visibility(), Attempt(), 0)),
        (4, () => LongPoll(Queue())),
        (1, () => new Hangup(_random.Next(3))),
        (12, () => new Delete(_random.Next(8), 1 + _random.Next(6), IsForeign: _random.Next(20) == 0)),
        (5, () => new ChangeVisibility(
            _random.Next(8), Pick(0, 1, 5, 60, 43_199, 43_200), IsForeign: _random.Next(20) == 0)),
        (1, () => new Purge(Queue())),
        (1, () => new DeleteQueue(Queue())),
        (2, () => new CreateQueue(Queue(), AnySetting(), _random.Next(12))),
        (3, () => new Configure(Queue(), AnySetting(), _random.Next(12))),
        (1, () => new Tag(Queue(), _random.Next(3), Chance(2))),
        (4, () => new Look(Queue())),
        (2, () => new StartMove(_tasks++, Queue(), Chance(2) ? Queue() : null, Chance(2) ? Pick(1, 20, 500) : null)),
        (1, () => new CancelMove(_random.Next(3), Queue())),
        (1, () => new ListMoves(Queue())),
        (10, () => new Pass(Times[_random.Next(Chance(3) ? Times.Length : 14)])),
        (6, () => new LeapToChange(_random.Next(3), _random.Next(3) - 1)),
        (faults, () => new PowerLoss(Chance(3) ? 0 : 1 + _random.Next(25), _random.Next())),
        (Math.Min(1, faults), () => new Kill()),
        (Math.Min(1, faults), () => new Restart()),
        (Math.Min(1, faults - 1 < 0 ? 0 : faults), FailingCall),
        (Math.Min(2, faults), () => new FillDisk(Chance(2) ? null : _random.Next(100_000))),
        (Math.Min(1, faults), () => new Damage(_random.Next(100), _random.NextDouble(), (byte)(1 << _random.Next(9)))),
    ];

    private Send Send()
    {
        var count = _random.Next(4) == 0 ? 2 + _random.Next(2) : 1;
        return new Send(Queue(), NextMessage(), count > 1 ? NextMessage() : null, count > 2 ? NextMessage() : null);
    }

    private Receive LongPoll(int queue) => new(
        queue, 1 + _random.Next(4), Visibility(), Queues.Names[queue].HasFifoSuffix ? Attempt() : null,
        Chance(6) ? -1 : 1 + _random.Next(20));

    private Message NextMessage() => new(
        ++_messages, 12 + _random.Next(_bytesMax), _random.Next(40) == 0 ? null : _random.Next(4),
        Chance(2) ? _random.Next(12) : 1000 + _messages,
        _random.Next(8) == 0 ? _random.Next(4) : null);

    private Operation FailingCall() =>
        Chance(2) ? new FailWrite(1 + _random.Next(20)) : new FailSync(1 + _random.Next(20));

    private int Queue() => _queues[_random.Next(_queues.Length)];

    private int? Visibility() => Chance(2) ? null : Pick(0, 1, 2, 10, 60);

    private int? Attempt() => Chance(3) ? _random.Next(4) : null;

    private Setting AnySetting() => (Setting)_random.Next((int)Setting.Flow);

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private int Pick(params int[] values) => values[_random.Next(values.Length)];
}
