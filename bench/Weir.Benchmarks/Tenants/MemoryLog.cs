using System.Buffers;
using Weir.Engine;
using Weir.Engine.Commands;

namespace Weir.Benchmarks.Tenants;

/// <summary>A shard whose log stays in memory, so that a deep backlog can be read back without a disk.</summary>
internal sealed class MemoryLog
{
    private const uint SegmentBytes = 16 << 20;

    private readonly List<byte[]> _segments = [new byte[SegmentBytes]];
    private readonly ArrayBufferWriter<byte> _frame = new(64 << 10);
    private readonly EngineOptions _options;
    private int _offset;

    public MemoryLog(EngineOptions options)
    {
        _options = options;
        Shard = new Shard(options, Read);
    }

    public Shard Shard { get; }

    public Outcome<T> Execute<T>(long nowUnixMs, Command<T> command)
    {
        var outcome = ExecuteOne(nowUnixMs, command);
        while (Shard.IsSpillDue) _ = ExecuteOne(nowUnixMs, new SpillCommand(_options));
        return outcome;
    }

    private Outcome<T> ExecuteOne<T>(long nowUnixMs, Command<T> command)
    {
        if (_offset + command.RecordBytesMax > SegmentBytes)
        {
            _segments.Add(new byte[SegmentBytes]);
            _offset = 0;
        }

        _frame.ResetWrittenCount();
        Shard.BeginFrame(nowUnixMs, _frame, (uint)_segments.Count, (uint)_offset);
        var outcome = Shard.Execute(command);
        _frame.WrittenSpan.CopyTo(_segments[^1].AsSpan(_offset));
        _offset += _frame.WrittenCount;
        return outcome;
    }

    private void Read(PayloadRef location, Span<byte> destination) =>
        _segments[(int)location.Segment - 1].AsSpan((int)location.Offset, destination.Length).CopyTo(destination);
}
