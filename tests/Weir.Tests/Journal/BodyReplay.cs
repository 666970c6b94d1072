using System.Buffers;
using Weir.Journal;

namespace Weir.Tests.Journals;

internal sealed class BodyReplay : JournalReplay
{
    public byte[]? Body { get; private set; }

    public override void OnCheckpoint(ReadOnlySequence<byte> body) => Body = body.ToArray();

    public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition)
    {
    }
}
