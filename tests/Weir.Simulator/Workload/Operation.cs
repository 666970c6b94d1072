using Weir.Engine;

namespace Weir.Simulator;

// One line of a scenario. Everything it needs is in it, and what it refers to (a handle, a receive, a task) it names by
// a number that always finds something, so a scenario from which lines were taken out still runs.
internal abstract record Operation
{
    // Requests that come so close together that the broker sees them at once: it does not run in between.
    public bool IsHeld { get; init; }

    // The queue that a request is for; -1 where the handles say it.
    public int QueueOf() => this switch
    {
        Send send => send.Queue,
        Receive receive => receive.Queue,
        Purge purge => purge.Queue,
        CreateQueue create => create.Queue,
        DeleteQueue delete => delete.Queue,
        Configure configure => configure.Queue,
        Tag tag => tag.Queue,
        Look look => look.Queue,
        StartMove start => start.Source,
        CancelMove cancel => cancel.Source,
        ListMoves list => list.Source,
        _ => -1,
    };
}

internal sealed record Message(int Number, int Bytes, int? Group, int? Dedup, int? DelaySeconds);

internal sealed record Send(int Queue, Message First, Message? Second = null, Message? Third = null) : Operation
{
    public IEnumerable<Message> Messages() => new[] { First, Second, Third }.OfType<Message>();
}

// To every queue whose bit is set, in one commit; with a handle, the message behind it is passed on: it goes with the
// publication.
internal sealed record Publish(int QueueBits, Message Message, int? Handle) : Operation
{
    public IEnumerable<int> Targets() =>
        Enumerable.Range(0, Simulator.Queues.Names.Length).Where(queue => (QueueBits & (1 << queue)) != 0);
}

internal sealed record Receive(int Queue, int Max, int? VisibilitySeconds, int? Attempt, int WaitSeconds) : Operation;

// The client of a waiting receive goes away.
internal sealed record Hangup(int Receive) : Operation;

internal sealed record Delete(int Handle, int Count, bool IsForeign) : Operation;

internal sealed record ChangeVisibility(int Handle, int Seconds, bool IsForeign) : Operation;

internal sealed record Purge(int Queue) : Operation;

internal sealed record CreateQueue(int Queue, Setting Setting, int Value) : Operation;

internal sealed record DeleteQueue(int Queue) : Operation;

internal sealed record Configure(int Queue, Setting Setting, int Value) : Operation;

internal sealed record Tag(int Queue, int Key, bool IsRemoved) : Operation;

internal sealed record Look(int Queue) : Operation;

// Where: a bit for each last digit of the numbers of the messages that are moved; null: all are.
internal sealed record StartMove(int Number, int Source, int? Destination, int? Rate) : Operation
{
    public int? Where { get; init; }
}

internal sealed record CancelMove(int Task, int Source) : Operation;

internal sealed record ListMoves(int Source) : Operation;

// Time goes by, with every timer on time; a longer one is a leap.
internal sealed record Pass(long Ms) : Operation;

// A leap to the moment at which something changes by itself (a lease ends, a message expires), or 1 ms off it.
internal sealed record LeapToChange(int Which, int OffMs) : Operation;

// The power fails after so many more operations of the disk; 0: now.
internal sealed record PowerLoss(int AfterOperations, int ImageSeed) : Operation;

internal sealed record Kill : Operation;

internal sealed record Restart : Operation;

internal sealed record FailWrite(int After) : Operation;

internal sealed record FailSync(int After) : Operation;

// The disk has room for so many bytes more; null: it has room again.
internal sealed record FillDisk(int? RoomBytes) : Operation;

// A bit flips in a file, or the file is cut, while the machine is off.
internal sealed record Damage(int File, double Place, byte Mask) : Operation;

internal enum Setting
{
    None,
    Delay,
    Visibility,
    Retention,
    Wait,
    Redrive,
    NoRedrive,
    ContentDeduplication,
    DeduplicationScope,

    // Limits of a queue, times to live and pacing; drawn apart from the settings above.
    Flow,
    NoFlow,
    Pause,
}

internal static class Queues
{
    // Redrive policies lead from a queue to the next one of its kind and account.
    public static readonly QueueName[] Names =
    [
        Named("111111111111", "a"), Named("111111111111", "b"), Named("111111111111", "c"),
        Named("111111111111", "a.fifo"), Named("111111111111", "b.fifo"), Named("111111111111", "c.fifo"),
        Named("222222222222", "a"), Named("222222222222", "a.fifo"),
    ];

    public static QueueConfigPatch Patch(int queue, Setting setting, int value) => setting switch
    {
        Setting.None => new(),
        Setting.Delay => new() { Delay = Seconds(value % 3 * 2) },
        Setting.Visibility => new() { VisibilityTimeout = Seconds(Pick(value, 0, 1, 5, 30)) },
        Setting.Retention => new() { Retention = Seconds(Pick(value, 60, 90, 3600, 345_600)) },
        Setting.Wait => new() { ReceiveWait = Seconds(value % 3) },
        Setting.Redrive => new() { Redrive = new(new(Names[(queue + 1) % Names.Length], 1 + (value % 3))) },
        Setting.NoRedrive => new() { Redrive = new(null) },
        Setting.ContentDeduplication => new() { ContentBasedDeduplication = value % 2 == 0 },
        Setting.DeduplicationScope => new() { DeduplicationScope = (DeduplicationScope)(value % 2) },
        Setting.Flow => FlowPatch(queue, new Random(value)),
        Setting.Pause => new() { Flow = new FlowPatch { IsDeliveryPaused = value % 2 == 0 } },
        Setting.NoFlow => new()
        {
            Flow = new FlowPatch
            {
                MessagesMax = 0, BytesMax = 0, MessageTtl = TimeSpan.Zero, DeliveryRate = 0, DeliveryConcurrency = 0,
                IsDeliveryPaused = false,
            },
        },
        _ => throw new InvalidOperationException($"{setting} has no meaning."),
    };

    // With a dead-letter queue, which it may need.
    private static QueueConfigPatch FlowPatch(int queue, Random random) => Patch(queue, Setting.Redrive, random.Next(3))
        with
        {
            Flow = new FlowPatch
            {
                MessagesMax = Pick(random.Next(8), 0, 0, 0, 1, 2, 4, 8, 20),
                BytesMax = Pick(random.Next(6), 0, 0, 0, 1_024, 3_000, 20_000),
                Overflow = (OverflowPolicy)random.Next(3),
                MessageTtl = Seconds(Pick(random.Next(6), 0, 0, 1, 5, 60, 600)),
                Expired = (ExpiryPolicy)random.Next(2),
                DeliveryRate = Pick(random.Next(6), 0, 0, 0, 1, 7, 100),
                DeliveryConcurrency = Pick(random.Next(6), 0, 0, 0, 1, 2, 5),
            },
        };

    private static QueueName Named(string account, string name) => new(account, "us-east-1", name);

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private static int Pick(int value, params int[] values) => values[value % values.Length];
}
