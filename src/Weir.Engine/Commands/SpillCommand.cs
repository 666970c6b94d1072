using Weir.Engine.Queues;
using Weir.Engine.Records;

namespace Weir.Engine.Commands;

/// <summary>Moves a part of a deep backlog from memory to the log. The broker sends it when one is due.</summary>
public sealed class SpillCommand(EngineOptions options) : Command<Done>
{
    public override string? Account => null;

    /// <summary>
    /// A block may be over its bound by one message with the longest ids; contents may lie in as many segments as there
    /// are messages.
    /// </summary>
    public override int RecordBytesMax => options.RunBlockBytesMax + (options.RunMessagesMax * 16) + 4096;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (!shard.State.IsSpillDue || shard.State.TakeSpillDue() is not { } queue) return default(Done);
        var messages = queue.Backlog.NextRun();
        if (messages.Length == 0) return default(Done);
        var record = new RunStored(queue.Id, Run.Of(messages), messages);
        shard.Emit(ref record);
        shard.State.SpillIfDue(queue);
        return default(Done);
    }
}
