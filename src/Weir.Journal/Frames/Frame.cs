using System.Buffers;

namespace Weir.Journal;

// The records that one sync will make durable. There are two frames and they alternate: one is being built by the
// appending thread while the writer thread owns the other from Commit until its onDurable has returned.
public sealed class Frame : IBufferWriter<byte>
{
    private readonly byte[] _buffer;
    private readonly int _recordBytesMax;

    internal Frame(int recordBytesMax)
    {
        _recordBytesMax = recordBytesMax;
        _buffer = GC.AllocateUninitializedArray<byte>(FrameFormat.AlignedBytes(recordBytesMax));
    }

    public ulong Sequence { get; private set; }

    public long NowUnixMs { get; private set; }

    // Where the first byte of the records will lie in the log.
    public LogPosition RecordsPosition { get; private set; }

    public int RecordsLength { get; private set; }

    public int Remaining => _recordBytesMax - RecordsLength;

    public int RecordCount { get; set; }

    // The caller's own; the journal never looks at it.
    public object? State { get; set; }

    internal Segment Segment { get; private set; } = null!;

    internal uint Offset { get; private set; }

    internal Span<byte> Buffer => _buffer;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (sizeHint > Remaining || Remaining == 0)
            throw new InvalidOperationException($"The frame has room for {Remaining} bytes, not {sizeHint}.");
        return _buffer.AsMemory(FrameFormat.HeaderBytes + RecordsLength, Remaining);
    }

    public void Advance(int count)
    {
        if (count < 0 || count > Remaining)
            throw new InvalidOperationException($"The frame has room for {Remaining} bytes, not {count}.");
        RecordsLength += count;
    }

    // False when it does not lie in this frame. A frame stays as it was until it is begun anew, and by then the disk
    // has it.
    internal bool TryRead(LogPosition position, Span<byte> destination)
    {
        var start = (long)position.Offset - RecordsPosition.Offset;
        if (position.Segment != RecordsPosition.Segment || start < 0 || start + destination.Length > RecordsLength)
            return false;
        _buffer.AsSpan(FrameFormat.HeaderBytes + (int)start, destination.Length).CopyTo(destination);
        return true;
    }

    internal void Begin(ulong sequence, long nowUnixMs, Segment segment, uint offset)
    {
        (Sequence, NowUnixMs, Segment, Offset) = (sequence, nowUnixMs, segment, offset);
        RecordsPosition = new LogPosition(segment.Number, offset + FrameFormat.HeaderBytes);
        (RecordsLength, RecordCount, State) = (0, 0, null);
    }
}
