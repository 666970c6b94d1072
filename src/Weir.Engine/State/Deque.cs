namespace Weir.Engine.State;

/// <summary>
/// A list that grows at its end and shrinks at its front, in chunks. A snapshot costs one reference a chunk, because
/// what it shows is never written again.
/// </summary>
// Invariants
// 1. Item i lies at position _head + i; all chunks but an only one have ChunkLength places.
// 2. A place that a snapshot shows is not written while its chunk is shared: appending writes behind what is shown,
//    Set copies the chunk first, and a popped place is cleared only in a chunk that nobody shares.
internal sealed class Deque<T>
{
    private const int ChunkLength = 256;
    private const int FirstChunkLength = 4;

    private Chunk[] _chunks = [];
    private int _chunkCount;
    private int _head;

    public int Count { get; private set; }

    public ref readonly T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(index));
            var position = _head + index;
            return ref _chunks[position / ChunkLength].Items[position % ChunkLength];
        }
    }

    public ref readonly T First => ref this[0];

    public void Append(in T item)
    {
        var position = _head + Count;
        var chunk = position / ChunkLength;
        if (chunk == _chunkCount) AddChunk();
        ref var items = ref _chunks[chunk].Items;
        var place = position % ChunkLength;
        if (place == items.Length)
        {
            // Whoever took a snapshot keeps the old array.
            Array.Resize(ref items, Math.Min(ChunkLength, items.Length * 2));
            _chunks[chunk].IsShared = false;
        }

        items[place] = item;
        Count++;
    }

    public void PopFirst()
    {
        if (Count == 0) throw new InvalidOperationException("There is nothing to take.");
        var chunk = _chunks[0];
        if (!chunk.IsShared) chunk.Items[_head] = default!;
        _head++;
        Count--;
        if (Count == 0) Reset();
        else if (_head == ChunkLength) DropFirstChunk();
    }

    public void Set(int index, in T item)
    {
        if ((uint)index >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(index));
        var position = _head + index;
        ref var chunk = ref _chunks[position / ChunkLength];
        if (chunk.IsShared) chunk = new Chunk((T[])chunk.Items.Clone());
        chunk.Items[position % ChunkLength] = item;
    }

    public void Clear()
    {
        _chunks = [];
        _chunkCount = _head = Count = 0;
    }

    public Snapshot TakeSnapshot()
    {
        if (Count == 0) return default;
        var arrays = new T[_chunkCount][];
        for (var i = 0; i < arrays.Length; i++)
        {
            _chunks[i].IsShared = true;
            arrays[i] = _chunks[i].Items;
        }

        return new Snapshot(arrays, _head, Count);
    }

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length) Array.Resize(ref _chunks, Math.Max(1, _chunkCount * 2));
        _chunks[_chunkCount] = new Chunk(new T[_chunkCount == 0 ? FirstChunkLength : ChunkLength]);
        _chunkCount++;
    }

    private void DropFirstChunk()
    {
        _head = 0;
        _chunkCount--;
        Array.Copy(_chunks, 1, _chunks, 0, _chunkCount);
        _chunks[_chunkCount] = null!;
    }

    private void Reset()
    {
        _head = 0;
        if (_chunkCount == 1 && !_chunks[0].IsShared) return;
        _chunks = [];
        _chunkCount = 0;
    }

    /// <summary>The items as they were.</summary>
    public readonly struct Snapshot(T[][] chunks, int head, int count)
    {
        public int Count { get; } = count;

        public ref readonly T this[int index]
        {
            get
            {
                var position = head + index;
                return ref chunks[position / ChunkLength][position % ChunkLength];
            }
        }
    }

    private sealed class Chunk(T[] items)
    {
        public T[] Items = items;
        public bool IsShared;
    }
}
