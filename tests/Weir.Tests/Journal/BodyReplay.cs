using Weir.Journal;

namespace Weir.Tests.Journals;

internal sealed class BodyReplay : JournalReplay
{
    public byte[]? Body { get; private set; }

    public override void OnCheckpoint(CheckpointReader body) => Body = ReadAll(body);

    public static byte[] ReadAll(CheckpointReader body)
    {
        var bytes = new List<byte>();
        Span<byte> next = stackalloc byte[1];
        while (body.Read(next)) bytes.Add(next[0]);
        return [.. bytes];
    }

    public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition)
    {
    }
}
