using System.Buffers;

namespace Weir.Tests.Engine;

/// <summary>
/// Gives out exactly as many bytes as were asked for, so that whoever writes more than it declared is caught, and
/// remembers the furthest that anyone asked to write.
/// </summary>
internal sealed class ExactWriter : IBufferWriter<byte>
{
    private readonly ArrayBufferWriter<byte> _inner = new();

    public int AskedBytesMax { get; private set; }

    public byte[] ToArray() => _inner.WrittenSpan.ToArray();

    public void Advance(int count) => _inner.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Asked(sizeHint);
        return _inner.GetMemory(sizeHint)[..Math.Max(sizeHint, 1)];
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Asked(sizeHint);
        return _inner.GetSpan(sizeHint)[..Math.Max(sizeHint, 1)];
    }

    private void Asked(int sizeHint) => AskedBytesMax = Math.Max(AskedBytesMax, _inner.WrittenCount + sizeHint);
}
