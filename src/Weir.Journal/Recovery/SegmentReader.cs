using System.Buffers.Binary;
using System.IO.Hashing;

namespace Weir.Journal;

// Reads one segment at a time through a window of memory. A claimed length is believed only when the salt stands before
// it and the segment has that many bytes left.
internal sealed class SegmentReader
{
    private const int WindowBytes = 1 << 20;

    private readonly Crc32 _crc = FrameFormat.NewCrc();
    private byte[] _window = [];
    private long _windowStart;
    private int _windowLength;
    private long _segmentLength;

    public Segment Segment { get; private set; } = null!;

    public void Select(Segment segment)
    {
        Segment = segment;
        _segmentLength = segment.File.Length;
        _windowLength = 0;
    }

    // The whole frame at this offset, valid until the next call; empty when there is no intact one.
    public ReadOnlySpan<byte> Frame(uint offset) => Frame(offset, Segment.Number, Segment.Header.Salt);

    // For a segment whose header cannot be read: is its first frame intact, if its number were this one?
    public bool HasFirstFrameOf(uint number)
    {
        var header = View(SegmentHeader.FramesOffset, FrameFormat.HeaderBytes);
        return header.Length == FrameFormat.HeaderBytes
            && !Frame(SegmentHeader.FramesOffset, number, FrameFormat.Salt(header)).IsEmpty;
    }

    // The offset of the first mark of a frame at or behind the given one, intact or not.
    public long? FindMark(long offset)
    {
        Span<byte> mark = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(mark, Segment.Header.Salt);
        while (true)
        {
            // Windows start at a multiple of 8 and so do frames: no mark straddles two windows.
            var window = View(offset, WindowBytes);
            if (window.IsEmpty)
                return null;
            var found = window.IndexOf(mark);
            if (found < 0)
                offset += window.Length;
            else if (found % FrameFormat.Alignment == 0)
                return offset + found;
            else
                offset += found - found % FrameFormat.Alignment + FrameFormat.Alignment;
        }
    }

    private ReadOnlySpan<byte> Frame(uint offset, uint number, ulong salt)
    {
        var room = _segmentLength - offset;
        if (FrameFormat.ClaimedBytes(View(offset, FrameFormat.HeaderBytes), salt, room) is not { } bytes)
            return default;
        var frame = View(offset, bytes);
        return frame.Length == bytes && FrameFormat.IsIntact(frame, number, salt, _crc) ? frame : default;
    }

    private ReadOnlySpan<byte> View(long offset, int count)
    {
        if (offset < _windowStart || offset + count > _windowStart + _windowLength)
        {
            // Never more than the segment has, whatever a frame claims.
            var wanted = (int)Math.Min(Math.Max(count, WindowBytes), _segmentLength);
            if (_window.Length < wanted)
                _window = new byte[wanted];
            _windowStart = offset;
            _windowLength = Segment.File.Read(offset, _window);
        }
        var start = (int)(offset - _windowStart);
        return _window.AsSpan(start, Math.Min(count, _windowLength - start));
    }
}
