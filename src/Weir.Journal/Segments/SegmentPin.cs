namespace Weir.Journal;

// Keeps one segment from being recycled until it is disposed, once.
public readonly struct SegmentPin : IDisposable
{
    private readonly SegmentPool? _pool;
    private readonly Segment? _segment;

    internal SegmentPin(SegmentPool pool, Segment segment) => (_pool, _segment) = (pool, segment);

    public uint Segment => _segment?.Number ?? 0;

    public void Dispose()
    {
        if (_segment is not null)
            _pool!.Unpin(_segment);
    }
}
