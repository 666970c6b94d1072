namespace Weir.Simulator;

// One file's bytes, twice: what a reader sees (the page cache), and what a power loss leaves (the platter).
internal sealed class SimulatedFile
{
    private readonly List<(long Offset, byte[] Bytes)> _unsynced = [];
    private byte[] _cache = [];
    private byte[] _platter = [];

    // Writes that the power loss before left in part.
    public int TornWrites { get; private init; }

    public long Length => _cache.Length;

    public int Read(long offset, Span<byte> destination)
    {
        var count = (int)Math.Clamp(_cache.Length - offset, 0, destination.Length);
        if (count > 0)
            _cache.AsSpan((int)offset, count).CopyTo(destination);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        _unsynced.Add((offset, source.ToArray()));
        Apply(ref _cache, offset, source);
    }

    public void Sync()
    {
        foreach (var (offset, bytes) in _unsynced)
            Apply(ref _platter, offset, bytes);
        _unsynced.Clear();
    }

    // What Linux does: some pages reached the platter, and all of them count as clean from now on. A later Sync
    // succeeds without having written them.
    public void FailSync(Random random)
    {
        _platter = Torn(random, random.NextDouble(), 4096, out _);
        _unsynced.Clear();
    }

    public SimulatedFile AfterPowerLoss(Random random, double keep, int sectorBytes)
    {
        var content = Torn(random, keep, sectorBytes, out var tornWrites);
        return new SimulatedFile
        {
            _cache = content, _platter = (byte[])content.Clone(), TornWrites = tornWrites,
        };
    }

    public void Damage(long offset, byte mask)
    {
        _cache[offset] ^= mask;
        _platter[offset] ^= mask;
    }

    public void Truncate(int length)
    {
        _cache = _cache[..length];
        _platter = _platter[..Math.Min(length, _platter.Length)];
    }

    // Each sector of each unsynced write is there or not, on its own.
    private byte[] Torn(Random random, double keep, int sectorBytes, out int tornWrites)
    {
        tornWrites = 0;
        var content = (byte[])_platter.Clone();
        foreach (var (offset, bytes) in _unsynced)
        {
            var (kept, sectors) = (0, 0);
            for (var at = 0; at < bytes.Length;)
            {
                sectors++;
                var toSectorEnd = sectorBytes - (int)((offset + at) % sectorBytes);
                var count = Math.Min(toSectorEnd, bytes.Length - at);
                if (random.NextDouble() < keep)
                {
                    kept++;
                    Apply(ref content, offset + at, bytes.AsSpan(at, count));
                }
                at += count;
            }
            if (kept > 0 && kept < sectors)
                tornWrites++;
        }
        return content;
    }

    private static void Apply(ref byte[] content, long offset, ReadOnlySpan<byte> source)
    {
        if (content.Length < offset + source.Length)
            Array.Resize(ref content, (int)offset + source.Length);
        source.CopyTo(content.AsSpan((int)offset));
    }
}
