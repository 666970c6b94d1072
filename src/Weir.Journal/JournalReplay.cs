namespace Weir.Journal;

// What recovery hands to its caller, in order: at most one checkpoint, then every frame after it.
public abstract class JournalReplay
{
    // Reads what earlier frames hold; to be called from within OnFrame. Set by the recovery.
    public LogRead Read { get; internal set; } =
        (position, _) => throw new InvalidOperationException($"Nothing can be read at {position} yet.");

    // The body can be read until the call returns.
    public abstract void OnCheckpoint(CheckpointReader body);

    // The records are valid until the call returns; their position can be read again later.
    public abstract void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition);
}

// Fills the whole destination from the log.
public delegate void LogRead(LogPosition position, Span<byte> destination);
