using CsCheck;

namespace Weir.Tests.Engine.Model;

/// <summary>Something to do to the engine and to the model alike. Queues, groups and ids are small numbers.</summary>
internal abstract record Operation;

internal sealed record Send(int Queue, int? Group, int? Dedup, int? DelaySeconds) : Operation;

internal sealed record Receive(int Queue, int Max, int? VisibilitySeconds, int? Attempt) : Operation;

internal sealed record Delete(HandlePick Handle) : Operation;

internal sealed record ChangeVisibility(HandlePick Handle, int Seconds) : Operation;

internal sealed record Purge(int Queue) : Operation;

internal sealed record Configure(int Queue, Setting Setting, int Value) : Operation;

internal sealed record CreateQueue(int Queue) : Operation;

internal sealed record DeleteQueue(int Queue) : Operation;

internal sealed record StartMove(int Source, int? Destination, int? Rate) : Operation;

internal sealed record StepMove(int Back, int Max) : Operation;

internal sealed record CancelMove(int Back, int Source) : Operation;

internal sealed record Pass(int Ms) : Operation;

/// <summary>The engine starts again from its log or a checkpoint; nothing may come of it.</summary>
internal sealed record Restart(bool FromCheckpoint) : Operation;

/// <summary>The engine writes what lies in its oldest segments again; nothing may come of it either.</summary>
internal sealed record Compact(int Segments) : Operation;

/// <summary>The tenant moves to another shard; nothing may come of it.</summary>
internal sealed record MoveTenant(int BytesMax) : Operation;

internal enum Setting
{
    Delay,
    Visibility,
    Retention,
    Redrive,
    RedriveAllow,
    DedupScope,
    ContentDedup,
}

internal enum HandleKind
{
    Own,
    Foreign,
    Garbage,
}

/// <summary>One of the handles given so far, so many back from the newest, shown to its queue or another.</summary>
internal readonly record struct HandlePick(int Back, HandleKind Kind, int Queue);

internal static class Operations
{
    private static readonly Gen<int> Queue = Gen.Int[0, ShardModel.QueuesMax - 1];

    // Times that meet the ends of leases, delays, retention and windows exactly, just before and just after.
    private static readonly Gen<int> Ms = Any(
        1, 999, 1_000, 2_000, 3_000, 4_999, 5_000, 5_001, 10_000, 30_000, 59_999, 60_000, 120_000, 299_999, 300_000);

    private static readonly Gen<HandlePick> Handle = Gen.Select(
        Gen.Int[0, 6],
        Gen.Frequency(
            (12, Gen.Const(HandleKind.Own)), (1, Gen.Const(HandleKind.Foreign)), (1, Gen.Const(HandleKind.Garbage))),
        Queue,
        (back, kind, queue) => new HandlePick(back, kind, queue));

    private static readonly Gen<Operation> One = Gen.Frequency(
        (14, Gen.Select(Queue, Maybe(3), Maybe(7), Any<int?>(null, null, null, 0, 1, 5),
            (queue, group, dedup, delay) => (Operation)new Send(queue, group, dedup, delay))),
        (12, Gen.Select(Queue, Gen.Int[1, 5], Any<int?>(null, null, 0, 1, 5), Maybe(4, absent: 3),
            (queue, max, visibility, attempt) => (Operation)new Receive(queue, max, visibility, attempt))),
        (6, Handle.Select(handle => (Operation)new Delete(handle))),
        (5, Gen.Select(Handle, Any(0, 1, 5, 60, 43_199, 43_200),
            (handle, seconds) => (Operation)new ChangeVisibility(handle, seconds))),
        (1, Queue.Select(queue => (Operation)new Purge(queue))),
        (7, Gen.Select(Queue, Gen.Enum<Setting>(), Gen.Int[0, 5],
            (queue, setting, value) => (Operation)new Configure(queue, setting, value))),
        (1, Queue.Select(queue => (Operation)new CreateQueue(queue))),
        (1, Queue.Select(queue => (Operation)new DeleteQueue(queue))),
        (2, Gen.Select(Queue, Maybe(ShardModel.QueuesMax), Any<int?>(null, 1, 500),
            (source, destination, rate) => (Operation)new StartMove(source, destination, rate))),
        (3, Gen.Select(Gen.Int[0, 1], Gen.Int[1, 3], (back, max) => (Operation)new StepMove(back, max))),
        (1, Gen.Select(Gen.Int[0, 2], Queue, (back, source) => (Operation)new CancelMove(back, source))),
        (2, Gen.Bool.Select(fromCheckpoint => (Operation)new Restart(fromCheckpoint))),
        (2, Gen.Int[1, 3].Select(segments => (Operation)new Compact(segments))),
        (12, Ms.Select(ms => (Operation)new Pass(ms))));

    public static Gen<List<Operation>> Many { get; } = One.List[1, 120];

    public static Gen<List<Operation>> Moving { get; } = Gen.Frequency(
        (12, One), (1, Any(1, 300, 100_000).Select(bytes => (Operation)new MoveTenant(bytes)))).List[1, 120];

    public static string Print(List<Operation> operations) => string.Join('\n', operations);

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<int?> Maybe(int count, int absent = 1) =>
        Gen.Int[-absent, count - 1].Select(value => value < 0 ? (int?)null : value);
}
