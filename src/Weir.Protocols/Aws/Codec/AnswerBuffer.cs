using System.Buffers;

namespace Weir.Protocols.Aws.Codec;

/// <summary>
/// An answer as it grows. It is held whole before its first byte leaves, so that its length stands in the header and
/// an operation that fails half-way answers an error instead. The largest, ten messages of 1 MiB, is bounded by that.
/// </summary>
internal sealed class AnswerBuffer : IBufferWriter<byte>
{
    /// <summary>An array up to this size is kept for the next answer; most are a few hundred bytes.</summary>
    private const int BytesKept = 4 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(BytesKept);
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Makes ready for the next answer.</summary>
    public void Release()
    {
        _length = 0;
        if (_bytes.Length <= BytesKept) return;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = ArrayPool<byte>.Shared.Rent(BytesKept);
    }

    private void Ensure(int room)
    {
        if (_bytes.Length - _length >= room) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + room), _bytes.Length * 2));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
