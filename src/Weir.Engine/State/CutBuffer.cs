using System.Buffers;
using System.Buffers.Binary;

namespace Weir.Engine.State;

/// <summary>
/// Checkpoint items in the order in which they come, to be written in another one. Written by the shard's thread; read
/// by any, once nothing is added any more.
/// </summary>
// As bytes, and in arrays too large to be moved: a million entries held as objects cost one collection of 50 ms.
internal sealed class CutBuffer : IBufferWriter<byte>
{
    private const int ChunkBytes = 128 << 10;

    private readonly List<byte[]> _chunks = [];
    private int _offset = ChunkBytes;

    /// <summary>Where the next item will lie, if it does not need a new chunk; see <see cref="Begin"/>.</summary>
    private long Position => ((long)(_chunks.Count - 1) * ChunkBytes) + _offset;

    /// <summary>Makes room for an item; its place.</summary>
    public long Begin(int bytesMax)
    {
        if (ChunkBytes - _offset < bytesMax)
        {
            _chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkBytes));
            _offset = 0;
        }

        return Position;
    }

    public void Advance(int count) => _offset += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => _chunks[^1].AsMemory(_offset..ChunkBytes);

    public Span<byte> GetSpan(int sizeHint = 0) => _chunks[^1].AsSpan(_offset..ChunkBytes);

    /// <summary>The item at a place, with its length in front.</summary>
    public ReadOnlySpan<byte> Item(long place)
    {
        var rest = _chunks[(int)(place / ChunkBytes)].AsSpan((int)(place % ChunkBytes));
        return rest[..(sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(rest))];
    }

    /// <summary>Gives the memory back to the pool; nothing can be read any more.</summary>
    public void Release()
    {
        foreach (var chunk in _chunks) ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        _offset = ChunkBytes;
    }
}
