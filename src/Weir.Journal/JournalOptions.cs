namespace Weir.Journal;

public enum JournalWriter
{
    // A dedicated thread writes and syncs frames; others prepare segments and write checkpoints.
    Thread,

    // Everything happens before the call returns, on the caller's thread: simulation and tests.
    Inline,
}

public sealed record JournalOptions
{
    /// <summary>The data directory; created when missing. One journal, one process per directory.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Size in bytes of each log file: a multiple of 4,096, at least twice <see cref="FrameBytesMax"/> plus 8 KiB,
    /// at most 1 GiB. Default 64 MiB: large enough that a change of segment is rare, small enough to zero in a moment.
    /// </summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of records that one frame holds at most, 64 bytes to 256 MiB. Default 4 MiB.</summary>
    public int FrameBytesMax { get; init; } = 4 << 20;

    /// <summary>
    /// Free disk space in bytes below which <see cref="Journal.IsLowOnSpace"/> is true, when no recycled file is left
    /// either. Not below zero. Default 256 MiB.
    /// </summary>
    public long ReserveBytes { get; init; } = 256L << 20;

    /// <summary>Recycled log files that are kept for reuse, 0 to 1,024; the rest is deleted. Default 8.</summary>
    public int SpareSegmentsMax { get; init; } = 8;

    public JournalWriter Writer { get; init; } = JournalWriter.Thread;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Directory);
        Require(FrameBytesMax is >= 64 and <= 256 << 20, $"FrameBytesMax is {FrameBytesMax}: 64 bytes to 256 MiB.");
        Require(SegmentBytes <= 1 << 30 && SegmentBytes % 4096 == 0,
            $"SegmentBytes is {SegmentBytes}: a multiple of 4,096, at most 1 GiB.");
        Require(SegmentBytes >= FrameBytesMax * 2L + 8192,
            $"SegmentBytes is {SegmentBytes}: at least twice FrameBytesMax ({FrameBytesMax}) plus 8 KiB.");
        Require(ReserveBytes >= 0, $"ReserveBytes is {ReserveBytes}: not below zero.");
        Require(SpareSegmentsMax is >= 0 and <= 1024, $"SpareSegmentsMax is {SpareSegmentsMax}: 0 to 1,024.");
        Require(Enum.IsDefined(Writer), $"Writer is {Writer}: Thread or Inline.");
    }

    private static void Require(bool isMet, string message)
    {
        if (!isMet)
            throw new ArgumentException("JournalOptions." + message);
    }
}
