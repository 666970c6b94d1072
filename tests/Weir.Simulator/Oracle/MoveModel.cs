namespace Weir.Simulator;

// A move of messages out of a dead-letter queue.
internal sealed record MoveModel(
    int Number, long SourceId, int Source, int? Destination, long Rate, long StartedMs, long ToMove)
{
    public const string Running = "Running";

    public string Status { get; init; } = Running;

    public long Moved { get; init; }

    public string Describe() => Answers.Task(
        Number, Destination is { } to ? Queues.Names[to].Name : null, Status, Moved, ToMove);
}
