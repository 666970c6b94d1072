using BenchmarkDotNet.Attributes;
using Weir.Journal;

namespace Weir.Benchmarks.Micro;

/// <summary>What the journal does to a frame before it writes it: header and CRC-32C.</summary>
public class SealFrame
{
    private readonly System.IO.Hashing.Crc32 _crc = FrameFormat.NewCrc();
    private byte[] _buffer = [];
    private FrameHeader _header;

    [Params(1 << 10, 64 << 10, 1 << 20)]
    public int RecordBytes { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _buffer = new byte[FrameFormat.AlignedBytes(RecordBytes)];
        Random.Shared.NextBytes(_buffer);
        _header = new FrameHeader(1, 1, 1, RecordBytes, 1);
    }

    [Benchmark]
    public int Seal() => FrameFormat.Seal(_buffer, _header, 1, 1, _crc).Length;
}
