using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>What is in a queue at the time of the answer, exactly.</summary>
/// <param name="ContentBytes">The messages' contents as they are stored, each counted once for each message.</param>
public readonly record struct QueueMeasure(long Messages, long ContentBytes);

/// <summary>
/// Counts a queue's messages and their bytes. A deep backlog is counted run by run, none of which is read.
/// </summary>
public sealed class MeasureQueueCommand(QueueName name) : Command<QueueMeasure>
{
    public override int RecordBytesMax => 0;

    internal override Outcome<QueueMeasure> Execute(Shard shard)
    {
        if (shard.State.Find(name) is not { } queue) return Faults.QueueNotFound(name);
        var bytes = queue.Entries.Sum(entry => (long)entry.Message.Payload.Length);
        var backlog = queue.Backlog;
        for (var i = 0; i < backlog.HotCount; i++) bytes += backlog.Hot(i).Payload.Length;
        for (var i = 0; i < backlog.RunCount; i++) bytes += LiveLedger.ContentBytesOf(backlog.GetRun(i));
        return new QueueMeasure(queue.Count, bytes);
    }
}
