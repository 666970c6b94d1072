namespace Weir.Journal;

// What recovery found. End is where the next frame goes; null when the directory held no log yet.
internal sealed record RecoveredLog(
    IReadOnlyList<Segment> Segments,
    IReadOnlyList<Segment> Spares,
    LogPosition? End,
    ulong LastSequence,
    uint LastEpoch,
    long ReplayedBytes);
