using System.Buffers;
using System.IO.Hashing;

namespace Weir.Journal;

// Streams the body of a checkpoint to its file through one buffer, so that its size is bounded by the disk alone. It is
// synced every few MiB: all at once would push it through the disk in front of the frames' syncs.
internal sealed class CheckpointWriter(IDiskFile file, int bodyOffset) : IBufferWriter<byte>
{
    private const int BufferBytes = 1 << 20;
    private const int SyncBytes = 4 << 20;

    private readonly Crc32 _crc = FrameFormat.NewCrc();
    private byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private long _written;
    private long _synced;

    public long Length => _written + _used;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length - _used < Math.Max(1, sizeHint))
            Flush();
        if (_buffer.Length < sizeHint)
            _buffer = new byte[sizeHint];
        return _buffer.AsMemory(_used);
    }

    public void Advance(int count)
    {
        if (count < 0 || count > _buffer.Length - _used)
            throw new InvalidOperationException($"There is room for {_buffer.Length - _used} bytes, not {count}.");
        _used += count;
    }

    // The head comes last: only now it can say how long the body is.
    public void Complete(byte[] head)
    {
        Flush();
        _crc.Append(head);
        file.Write(bodyOffset + _written, _crc.GetCurrentHash());
        file.Write(0, head);
        file.Sync();
    }

    private void Flush()
    {
        if (_used == 0)
            return;
        var bytes = _buffer.AsSpan(0, _used);
        _crc.Append(bytes);
        file.Write(bodyOffset + _written, bytes);
        _written += _used;
        _used = 0;
        if (_written - _synced < SyncBytes)
            return;
        file.Sync();
        _synced = _written;
    }
}
