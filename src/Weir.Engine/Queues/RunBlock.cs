using System.Buffers;
using Weir.Engine.State;

namespace Weir.Engine.Queues;

/// <summary>The block of a run in the log: its messages' fields, one after the other.</summary>
internal static class RunBlock
{
    public static int BytesMax(ReadOnlySpan<Message> messages)
    {
        var bytes = 0;
        foreach (ref readonly var message in messages) bytes += message.BytesMax;
        return bytes;
    }

    /// <summary>Writes the block as a content, with a checksum, and answers where it will lie.</summary>
    public static PayloadRef Write(ref SpanWriter writer, ReadOnlySpan<Message> messages)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(BytesMax(messages));
        var block = new SpanWriter(scratch, 0, 0);
        foreach (ref readonly var message in messages) message.Write(ref block);
        var location = writer.Payload(scratch.AsSpan(0, block.Position));
        ArrayPool<byte>.Shared.Return(scratch);
        return location;
    }

    /// <exception cref="StateCorruptException">What lies there is not the run that was stored.</exception>
    public static Message[] Read(Run run, ReadLog readLog)
    {
        var messages = Read(run.Block, readLog);
        var isWhole = messages.Length == run.Count && messages[0].Sequence == run.FirstSequence
            && messages[^1].Sequence == run.LastSequence;
        return isWhole
            ? messages
            : throw new StateCorruptException($"the block at {run.Block} holds other messages than its run says");
    }

    public static Message[] Read(PayloadRef location, ReadLog readLog)
    {
        var reader = new SpanReader(Payload.Read(location, readLog).Span, 0, 0);
        var messages = new List<Message>();
        while (reader.Remaining > 0) messages.Add(Message.Read(ref reader));
        return [.. messages];
    }
}
