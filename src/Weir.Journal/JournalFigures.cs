namespace Weir.Journal;

// Counted since the journal was opened; Segments, SpareSegments and DiskBytes are as of now.
public readonly record struct JournalFigures(
    int Segments,
    int SpareSegments,
    long Frames,
    long BytesAppended,
    long Syncs,
    long Checkpoints,
    long DiskBytes);
