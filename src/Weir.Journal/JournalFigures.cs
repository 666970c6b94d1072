namespace Weir.Journal;

// Counted since the journal was opened; Segments, SpareSegments and DiskBytes are as of now.
public readonly record struct JournalFigures(
    int Segments,
    int SpareSegments,
    long Frames,
    long BytesAppended,
    long Syncs,
    long Checkpoints,
    long DiskBytes)
{
    // Of several journals together.
    public static JournalFigures operator +(JournalFigures left, JournalFigures right) => new(
        left.Segments + right.Segments, left.SpareSegments + right.SpareSegments, left.Frames + right.Frames,
        left.BytesAppended + right.BytesAppended, left.Syncs + right.Syncs, left.Checkpoints + right.Checkpoints,
        left.DiskBytes + right.DiskBytes);
}
