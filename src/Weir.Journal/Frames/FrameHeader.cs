namespace Weir.Journal;

// What a frame says about itself. The layout on disk is in FrameFormat.
public readonly record struct FrameHeader(
    ulong Sequence,
    long NowUnixMs,
    int RecordCount,
    int RecordsLength,
    uint Epoch);
