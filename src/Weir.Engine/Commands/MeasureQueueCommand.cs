namespace Weir.Engine.Commands;

/// <summary>What is in a queue at the time of the answer, exactly.</summary>
/// <param name="ContentBytes">The messages' contents as they are stored, each counted once for each message.</param>
public readonly record struct QueueMeasure(long Messages, long ContentBytes);

/// <summary>Tells how many messages a queue has, and their bytes.</summary>
public sealed class MeasureQueueCommand(QueueName name) : Command<QueueMeasure>
{
    public override string? Account => name.Account;

    public override int RecordBytesMax => 0;

    internal override Outcome<QueueMeasure> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        return new QueueMeasure(queue.Count, queue.ContentBytes);
    }
}
