using System.Buffers;

namespace Weir.Journal;

// What recovery hands to its caller, in order: at most one checkpoint, then every frame after it.
public abstract class JournalReplay
{
    // The body is valid until the call returns.
    public abstract void OnCheckpoint(ReadOnlySequence<byte> body);

    // The records are valid until the call returns; their position can be read again later.
    public abstract void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition);
}
