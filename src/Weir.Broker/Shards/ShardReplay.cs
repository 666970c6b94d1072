using System.Buffers;
using Weir.Engine;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>Gives a shard its state back.</summary>
internal sealed class ShardReplay(Shard shard) : JournalReplay
{
    public override void OnCheckpoint(ReadOnlySequence<byte> body) => shard.ReadCheckpoint(body);

    public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition) =>
        shard.Replay(header.NowUnixMs, records, recordsPosition.Segment, recordsPosition.Offset);
}
