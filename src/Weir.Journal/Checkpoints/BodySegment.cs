using System.Buffers;

namespace Weir.Journal;

// Strings the chunks of a checkpoint's body together as one sequence.
internal sealed class BodySegment : ReadOnlySequenceSegment<byte>
{
    private BodySegment(byte[] chunk, long runningIndex) => (Memory, RunningIndex) = (chunk, runningIndex);

    public static ReadOnlySequence<byte> Join(IReadOnlyList<byte[]> chunks)
    {
        if (chunks.Count == 0)
            return ReadOnlySequence<byte>.Empty;
        var first = new BodySegment(chunks[0], 0);
        var last = first;
        foreach (var chunk in chunks.Skip(1))
        {
            var next = new BodySegment(chunk, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
