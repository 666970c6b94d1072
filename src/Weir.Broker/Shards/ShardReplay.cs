using Weir.Engine;
using Weir.Journal;

namespace Weir.Broker.Shards;

/// <summary>Gives a shard its state back, and lets it read the log: the recovery's, then the open journal's.</summary>
internal sealed class ShardReplay : JournalReplay
{
    private LogRead? _readAppended;

    public ShardReplay(EngineOptions options) => Shard = new Shard(options, ReadLog);

    public Shard Shard { get; }

    public override void OnCheckpoint(CheckpointReader body) => Shard.ReadCheckpoint(body.Read);

    public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition) =>
        Shard.Replay(header.NowUnixMs, records, recordsPosition.Segment, recordsPosition.Offset);

    /// <summary>The recovery is over.</summary>
    public void ReadFrom(Journal.Journal journal)
    {
        _readAppended = journal.ReadAppended;
        Shard.EndReplay();
    }

    private void ReadLog(PayloadRef location, Span<byte> destination) =>
        (_readAppended ?? Read)(new LogPosition(location.Segment, location.Offset), destination);
}
