using System.Buffers.Binary;
using System.Text;

namespace Weir.Engine.State;

/// <summary>Reads what <see cref="SpanWriter"/> wrote; every length is checked before it is believed.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> buffer, uint segment, uint offset)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private readonly uint _segment = segment;
    private readonly uint _offset = offset;

    public int Position { get; private set; }

    public readonly int Remaining => _buffer.Length - Position;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > Remaining)
            throw new StateCorruptException($"a field of {count} bytes at {Position} of {_buffer.Length}");
        var bytes = _buffer.Slice(Position, count);
        Position += count;
        return bytes;
    }

    public byte Byte() => Bytes(1)[0];

    public byte Byte(byte max) =>
        Byte() is var value && value <= max ? value : throw new StateCorruptException($"a {value} where {max} is most");

    public bool Bool() => Byte() != 0;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public Guid Id() => new(Bytes(16));

    public string? Text()
    {
        var length = Int32();
        return length == -1 ? null : Encoding.UTF8.GetString(Bytes(length));
    }

    public string TextRequired() => Text() ?? throw new StateCorruptException($"no text at {Position}");

    public QueueName? Name() => Text() is { } account ? new QueueName(account, TextRequired(), TextRequired()) : null;

    public QueueName NameRequired() => Name() ?? throw new StateCorruptException($"no name at {Position}");

    /// <summary>Skips a message's content and answers where it lies in the log.</summary>
    public PayloadRef Payload()
    {
        var length = Int32();
        if (length < 0) throw new StateCorruptException($"a content of {length} bytes");
        var location = new PayloadRef(_segment, _offset + (uint)Position, length);
        _ = Bytes(Engine.Payload.StoredLength(length));
        return location;
    }

    public PayloadRef Location()
    {
        var location = new PayloadRef((uint)Int32(), (uint)Int32(), Int32());
        return location.Length >= 0 ? location : throw new StateCorruptException($"a content at {location}");
    }
}
