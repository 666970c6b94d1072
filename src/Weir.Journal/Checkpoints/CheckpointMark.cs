namespace Weir.Journal;

// The moment that a checkpoint is of: behind which frame, and what of the log the state referred to then.
public sealed class CheckpointMark
{
    internal CheckpointMark(
        ulong sequence, LogPosition next, long bytesCovered, IReadOnlyList<uint> needed, IReadOnlyList<uint> unneeded)
    {
        (Sequence, Next, BytesCovered) = (sequence, next, bytesCovered);
        (NeededSegments, UnneededSegments) = (needed, unneeded);
    }

    // The last frame that the image covers, and where the first one that it does not cover will lie.
    internal ulong Sequence { get; }

    internal LogPosition Next { get; }

    internal long BytesCovered { get; }

    internal IReadOnlyList<uint> NeededSegments { get; }

    internal IReadOnlyList<uint> UnneededSegments { get; }
}
