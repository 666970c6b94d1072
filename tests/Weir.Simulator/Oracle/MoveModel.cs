namespace Weir.Simulator;

// A move of messages out of a dead-letter queue.
internal sealed record MoveModel(
    int Number, long SourceId, int Source, int? Destination, long Rate, long StartedMs, long ToMove)
{
    public const string Running = "Running";

    public string Status { get; init; } = Running;

    public long Moved { get; init; }

    // What it may move by now, in thousandths of a message, and when that was counted. It catches up with no more than
    // a fifth of a second.
    private long PaceLeft { get; init; }

    private long PacedMs { get; init; } = StartedMs;

    private long PacedMoved { get; init; }

    // With a filter: the digits that numbers of wanted messages end in, and the last message that it looks at.
    public int? Where { get; init; }

    public long LastSequence { get; init; }

    public MoveModel Paced(long nowMs) => this with
    {
        PaceLeft = Math.Min(
            PaceLeft - (1_000 * (Moved - PacedMoved)) + (Rate * (nowMs - PacedMs)), Math.Max(1_000, Rate * 200)),
        PacedMs = nowMs,
        PacedMoved = Moved,
    };

    public long StepMax(long nowMs) =>
        Math.Clamp((Rate * (nowMs - StartedMs) / 1_000) - Moved, 0, Math.Max(0, PaceLeft / 1_000));

    public MoveModel Restarted() => this with { PaceLeft = 0, PacedMs = StartedMs, PacedMoved = Moved };

    public bool Wants(MessageModel message) => Where is not { } digits || (digits & (1 << (message.Number % 10))) != 0;

    public string Describe() => Answers.Task(
        Number, Destination is { } to ? Queues.Names[to].Name : null, Status, Moved, ToMove);
}
