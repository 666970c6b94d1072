using System.IO.Hashing;
using Weir.Journal;
using Weir.Simulator;
using Weir.Tests.Journals;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>
/// One file of a log, replaced as a whole: a segment or the checkpoint. The log is refused as corrupt, or what comes
/// back is what was written, from its beginning: cut, perhaps, but never changed, reordered or made up.
/// </summary>
//   which file (1) | its content
internal sealed class LogTarget : HostileReader
{
    private static readonly (SimulatedDisk Disk, ulong[] Frames) Written = Write();

    private static readonly string[] Names =
        [.. Written.Disk.List(JournalModel.Directory).Where(name => name != Weir.Journal.Journal.LockFileName)];

    public override string Name => "log";

    public override double Share => 0.001;

    public override long AllocatedBytesBase => 16 << 20;

    public override IReadOnlyList<byte[]> Seeds { get; } =
        [.. Names.Select((name, i) => (byte[])[(byte)i, .. Content(name)])];

    public override IReadOnlyList<byte[]> Tokens { get; } = Texts("WEIRSEG1", "WEIRCKPT");

    public override bool Takes(byte[] input)
    {
        if (input.Length == 0) return false;
        var disk = Written.Disk.Copy();
        using (var file = disk.Create(Path.Combine(JournalModel.Directory, Names[input[0] % Names.Length])))
        {
            if (input.Length > 1) file.Write(0, input.AsSpan(1));
        }

        var replay = new Recorder();
        try
        {
            using var journal = Weir.Journal.Journal.Open(disk, JournalModel.SmallOptions, replay);
        }
        catch (JournalCorruptException)
        {
            return false;
        }

        Require(replay.Frames.Count <= Written.Frames.Length
            && replay.Frames.SequenceEqual(Written.Frames.Take(replay.Frames.Count)),
            "what came back was never written");
        return true;
    }

    /// <summary>Three frames under a checkpoint, three behind it, and a prepared segment.</summary>
    private static (SimulatedDisk Disk, ulong[] Frames) Write()
    {
        var disk = new SimulatedDisk(7);
        var model = new JournalModel { IsLive = _ => true };
        _ = model.Open(disk);
        foreach (var length in new[] { 2000, 2048, 2040 }) model.Append(length);
        _ = model.Checkpoint();
        foreach (var length in new[] { 2048, 1000, 700 }) model.Append(length);
        model.Journal.Dispose();
        var replay = new Recorder();
        Weir.Journal.Journal.Open(disk.Copy(), JournalModel.SmallOptions, replay).Dispose();
        return (disk, [.. replay.Frames]);
    }

    private static byte[] Content(string name)
    {
        using var file = Written.Disk.Open(Path.Combine(JournalModel.Directory, name));
        var bytes = new byte[file.Length];
        _ = file.Read(0, bytes);
        return bytes;
    }

    private sealed class Recorder : JournalReplay
    {
        public List<ulong> Frames { get; } = [];

        public override void OnCheckpoint(CheckpointReader body) =>
            Frames.Add(XxHash3.HashToUInt64(BodyReplay.ReadAll(body)));

        public override void OnFrame(in FrameHeader header, ReadOnlySpan<byte> records, LogPosition recordsPosition) =>
            Frames.Add(XxHash3.HashToUInt64(records));
    }
}
