using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>
/// A run's block, and those of its contents that lay in segments to be recycled, written again: contents first, then
/// the block that refers to them.
/// </summary>
internal record struct RunRelocated(long QueueId, Message[] Messages, RelocatedContent[] Contents)
    : IRecord<RunRelocated>
{
    public static RecordType Type => RecordType.RunRelocated;

    /// <summary>Known once the record was written or read.</summary>
    public Run? Run { get; private set; }

    public readonly int BytesMax
    {
        get
        {
            var bytes = sizeof(long) + (3 * sizeof(int)) + Engine.Queues.Run.Of(Messages).BytesMax + 32
                + Payload.StoredLength(RunBlock.BytesMax(Messages));
            foreach (var content in Contents) bytes += sizeof(int) + Payload.StoredLength(content.Bytes.Length);
            return bytes;
        }
    }

    public static RunRelocated Read(ref SpanReader reader)
    {
        var queueId = reader.Int64();
        var count = reader.Int32();
        for (var i = 0; i < count; i++) _ = reader.Payload();
        var run = Run.Read(ref reader);
        return new RunRelocated(queueId, [], []) { Run = run with { Block = reader.Payload() } };
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int64(QueueId);
        writer.Int32(Contents.Length);
        foreach (var content in Contents) Messages[content.Index].Payload = writer.Payload(content.Bytes.Span);
        var run = Run.Of(Messages);
        run.Write(ref writer);
        Run = run with { Block = RunBlock.Write(ref writer, Messages) };
    }

    public readonly void Apply(ShardState state) => state.Get(QueueId).Relocate(Run!);
}

/// <summary>A content to write again, and which of the run's messages it is of.</summary>
internal readonly record struct RelocatedContent(int Index, ReadOnlyMemory<byte> Bytes);
