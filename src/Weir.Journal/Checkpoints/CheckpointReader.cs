using System.Buffers.Binary;

namespace Weir.Journal;

// The body of a checkpoint, read from its beginning to its end through one buffer. Its checksum was tested before
// anybody is given this, in a pass of its own.
public sealed class CheckpointReader
{
    private const int BufferBytes = 1 << 20;

    private readonly IDiskFile _file;
    private readonly string _path;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _offset;
    private long _left;
    private int _position;
    private int _filled;

    internal CheckpointReader(IDiskFile file, string path, CheckpointHeader header)
    {
        (_file, _path) = (file, path);
        (_offset, _left) = (header.EncodedBytes, header.BodyBytes);
        Verify(header);
    }

    // Fills the whole span; false at the end of the body, before the first of these bytes.
    public bool Read(Span<byte> destination)
    {
        if (_left + _filled - _position == 0)
            return false;
        while (destination.Length > 0)
        {
            if (_position == _filled)
                Fill();
            var count = Math.Min(destination.Length, _filled - _position);
            _buffer.AsSpan(_position, count).CopyTo(destination);
            destination = destination[count..];
            _position += count;
        }
        return true;
    }

    private void Fill()
    {
        var wanted = (int)Math.Min(BufferBytes, _left);
        if (wanted == 0)
            throw new JournalCorruptException(_path, _offset, "its body ends too early.");
        ReadPart(_buffer.AsSpan(0, wanted), _offset);
        (_position, _filled) = (0, wanted);
        _offset += wanted;
        _left -= wanted;
    }

    private void Verify(CheckpointHeader header)
    {
        var crc = FrameFormat.NewCrc();
        for (var done = 0L; done < _left;)
        {
            var part = _buffer.AsSpan(0, (int)Math.Min(BufferBytes, _left - done));
            ReadPart(part, _offset + done);
            crc.Append(part);
            done += part.Length;
        }
        crc.Append(header.Encode());
        var trailer = _buffer.AsSpan(0, CheckpointHeader.TrailerBytes);
        ReadPart(trailer, _offset + _left);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != crc.GetCurrentHashAsUInt32())
            throw new JournalCorruptException(_path, 0, "its checksum does not match its content.");
    }

    private void ReadPart(Span<byte> part, long offset)
    {
        if (_file.Read(offset, part) < part.Length)
            throw new JournalCorruptException(_path, offset, "it ends too early.");
    }
}
