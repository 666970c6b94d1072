using Weir.Engine.Queues;
using Weir.Engine.State;

namespace Weir.Engine.Records;

/// <summary>A run of the queue that comes in: its contents, then the block that refers to them.</summary>
internal record struct RunImported(Message[] Messages, ReadOnlyMemory<byte>[] Contents) : IRecord<RunImported>
{
    public static RecordType Type => RecordType.RunImported;

    /// <summary>Known once the record was written or read.</summary>
    public Run? Run { get; private set; } = null;

    public readonly int BytesMax
    {
        get
        {
            var bytes = (3 * sizeof(int)) + Engine.Queues.Run.Of(Messages).BytesMax + 32
                + Payload.StoredLength(RunBlock.BytesMax(Messages));
            foreach (var content in Contents) bytes += sizeof(int) + Payload.StoredLength(content.Length);
            return bytes;
        }
    }

    public static RunImported Read(ref SpanReader reader)
    {
        var count = reader.Int32();
        for (var i = 0; i < count; i++) _ = reader.Payload();
        var run = Run.Read(ref reader);
        return new RunImported([], []) { Run = run with { Block = reader.Payload() } };
    }

    public void Write(ref SpanWriter writer)
    {
        writer.Int32(Contents.Length);
        for (var i = 0; i < Contents.Length; i++) Messages[i].Payload = writer.Payload(Contents[i].Span);
        var run = Run.Of(Messages);
        run.Write(ref writer);
        Run = run with { Block = RunBlock.Write(ref writer, Messages) };
    }

    public readonly void Apply(ShardState state) => state.GetStaged().Add(Run!);
}
