using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Weir.Broker;

/// <summary>Where new ids come from: the operating system's randomness, or a seed for runs that must repeat.</summary>
public sealed class IdSource
{
    private const int BlockIds = 256;
    private const int IdLength = 16;

    private readonly Lock _lock = new();
    private readonly Random? _seeded;
    private readonly byte[] _block = new byte[BlockIds * IdLength];
    private int _next = BlockIds;

    private IdSource(Random? seeded) => _seeded = seeded;

    public static IdSource System { get; } = new(seeded: null);

    [SuppressMessage("Security", "CA5394", Justification = "Only for runs that must repeat.")]
    public static IdSource FromSeed(int seed) => new(new Random(seed));

    /// <summary>
    /// A random (version 4) id. The system is asked for many at once, which costs a tenth of one at a time.
    /// </summary>
    [SuppressMessage("Security", "CA5394", Justification = "Only for runs that must repeat.")]
    public Guid NewId()
    {
        Span<byte> id = stackalloc byte[IdLength];
        lock (_lock)
        {
            if (_next == BlockIds)
            {
                if (_seeded is null) RandomNumberGenerator.Fill(_block);
                else _seeded.NextBytes(_block);
                _next = 0;
            }

            _block.AsSpan(_next++ * IdLength, IdLength).CopyTo(id);
        }

        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
