namespace Weir.Simulator;

// A move of messages out of a dead-letter queue.
internal sealed record MoveModel(
    int Number, long SourceId, int Source, int? Destination, long Rate, long StartedMs, long ToMove)
{
    public const string Running = "Running";

    public string Status { get; init; } = Running;

    public long Moved { get; init; }

    // With a filter: the digits that numbers of wanted messages end in, and the last message that it looks at.
    public int? Where { get; init; }

    public long LastSequence { get; init; }

    public bool Wants(MessageModel message) => Where is not { } digits || (digits & (1 << (message.Number % 10))) != 0;

    public string Describe() => Answers.Task(
        Number, Destination is { } to ? Queues.Names[to].Name : null, Status, Moved, ToMove);
}
