using System.Buffers.Binary;
using System.Text;

namespace Weir.Engine.State;

/// <summary>
/// Writes the fields of one record. Numbers are little-endian and fixed-width; a string or a blob is its length in
/// bytes (int32, -1 for null) and its bytes.
/// </summary>
internal ref struct SpanWriter(Span<byte> buffer, uint segment, uint offset)
{
    private readonly Span<byte> _buffer = buffer;
    private readonly uint _segment = segment;
    private readonly uint _offset = offset;

    public int Position { get; private set; }

    /// <summary>What a string takes at most.</summary>
    public static int BytesMax(string? text) => sizeof(int) + (text is null ? 0 : 3 * text.Length);

    public static int BytesMax(QueueName? name) =>
        name is null
            ? sizeof(int)
            : (3 * sizeof(int)) + (3 * (name.Account.Length + name.Region.Length + name.Name.Length));

    public void Byte(byte value) => _buffer[Position++] = value;

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[Position..], value);
        Position += sizeof(int);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer[Position..], value);
        Position += sizeof(long);
    }

    public void Id(Guid value)
    {
        value.TryWriteBytes(_buffer[Position..]);
        Position += 16;
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Int32(-1);
            return;
        }

        var written = Encoding.UTF8.GetBytes(value, _buffer[(Position + sizeof(int))..]);
        Int32(written);
        Position += written;
    }

    /// <summary>Bytes that are read back at once, unlike a content.</summary>
    public void Blob(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(_buffer[Position..]);
        Position += value.Length;
    }

    public void Name(QueueName? value)
    {
        Text(value?.Account);
        if (value is null) return;
        Text(value.Region);
        Text(value.Name);
    }

    /// <summary>Writes a message's content and answers where it will lie in the log.</summary>
    public PayloadRef Payload(ReadOnlySpan<byte> content, Stamp? stamp = null)
    {
        Int32(content.Length);
        var location = new PayloadRef(_segment, _offset + (uint)Position, content.Length);
        Engine.Payload.Write(content, _buffer[Position..], stamp);
        Position += Engine.Payload.StoredLength(content.Length);
        return location;
    }

    public void Location(PayloadRef value)
    {
        Int32((int)value.Segment);
        Int32((int)value.Offset);
        Int32(value.Length);
    }
}
