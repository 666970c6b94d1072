using System.Buffers;

namespace Weir.Journal;

// Collects the body of a checkpoint in chunks, so that its size is bounded by memory and not by one array.
public sealed class CheckpointWriter : IBufferWriter<byte>
{
    private const int ChunkBytes = 1 << 20;

    private readonly List<(byte[] Buffer, int Length)> _full = [];
    private byte[] _current = [];
    private int _currentLength;

    internal CheckpointWriter(ulong sequence, LogPosition next, long bytesCovered) =>
        (Sequence, Next, BytesCovered) = (sequence, next, bytesCovered);

    public long Length { get; private set; }

    // The last frame that the image covers, and where the first one that it does not cover will lie.
    internal ulong Sequence { get; }

    internal LogPosition Next { get; }

    internal long BytesCovered { get; }

    internal IEnumerable<ReadOnlyMemory<byte>> Chunks =>
        _full.Append((_current, _currentLength)).Select(chunk => new ReadOnlyMemory<byte>(chunk.Item1, 0, chunk.Item2));

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_current.Length - _currentLength < Math.Max(sizeHint, 1))
        {
            if (_currentLength > 0)
                _full.Add((_current, _currentLength));
            _current = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, sizeHint));
            _currentLength = 0;
        }
        return _current.AsMemory(_currentLength);
    }

    public void Advance(int count)
    {
        var room = _current.Length - _currentLength;
        if (count < 0 || count > room)
            throw new InvalidOperationException($"The chunk has room for {room} bytes, not {count}.");
        _currentLength += count;
        Length += count;
    }

    internal void ReturnChunks()
    {
        foreach (var (buffer, _) in _full.Append((_current, _currentLength)))
        {
            if (buffer.Length > 0)
                ArrayPool<byte>.Shared.Return(buffer);
        }
        _full.Clear();
        (_current, _currentLength) = ([], 0);
    }
}
