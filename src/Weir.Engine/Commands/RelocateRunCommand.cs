using Weir.Engine.Queues;
using Weir.Engine.Records;
using Weir.Engine.State;

namespace Weir.Engine.Commands;

/// <summary>
/// Writes a run's block again, and those of its contents that lie in segments to be recycled. A run that was loaded or
/// dropped meanwhile is left alone.
/// </summary>
public sealed class RelocateRunCommand : Command<Done>
{
    private readonly Relocation _run;
    private readonly Message[] _messages;
    private readonly RelocatedContent[] _contents;

    /// <summary>Reads block and contents; any thread, as long as their segments are pinned.</summary>
    /// <exception cref="StateCorruptException">Block or content does not match its checksum.</exception>
    public RelocateRunCommand(in Relocation run, IReadOnlySet<uint> segments, ReadLog readLog)
    {
        _run = run;
        _messages = RunBlock.Read(run.Location, readLog);
        _contents =
        [
            .. _messages.Index()
                .Where(item => segments.Contains(item.Item.Payload.Segment))
                .Select(item => new RelocatedContent(item.Index, Payload.Read(item.Item.Payload, readLog))),
        ];
        RecordBytesMax = new RunRelocated(run.QueueId, _messages, _contents).BytesMax + sizeof(long);
    }

    public override string? Account => null;

    public override int RecordBytesMax { get; }

    public override int HeldBytes => RecordBytesMax;

    internal override Outcome<Done> Execute(Shard shard)
    {
        if (shard.State.FindById(_run.QueueId) is not { } queue
            || !queue.Backlog.TryFindRun(_run.Sequence, out var run, out _) || run.Block != _run.Location)
            return default(Done);
        var record = new RunRelocated(_run.QueueId, _messages, _contents);
        shard.Emit(ref record);
        return default(Done);
    }
}
