using System.Buffers.Binary;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>The records of a log's last frames behind the untouched ones before them.</summary>
//   log (1) | frames that stay as they were (u16) | the bytes of the next frame
internal sealed class ReplayTarget : HostileReader
{
    private const int Head = 1 + sizeof(ushort);
    private const int SeedsPerLog = 24;

    public override string Name => "replay";

    public override double Share => 0.002;

    public override long AllocatedBytesBase => 8 << 20;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. MakeSeeds()];

    public override bool Takes(byte[] input)
    {
        if (input.Length < Head) return false;
        var log = EngineLogs.All[input[0] % EngineLogs.All.Length];
        var kept = Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(1)), log.Frames.Count - 1);
        return EngineLogs.Takes(log, shard =>
        {
            foreach (var frame in log.Frames.Take(kept))
                shard.Replay(frame.NowUnixMs, frame.Records, frame.Segment, frame.Offset);
            var next = log.Frames[kept];
            shard.Replay(next.NowUnixMs, input.AsSpan(Head), next.Segment, next.Offset);
        });
    }

    private static IEnumerable<byte[]> MakeSeeds()
    {
        for (byte log = 0; log < EngineLogs.All.Length; log++)
        {
            var frames = EngineLogs.All[log].Frames;
            for (var at = 0; at < frames.Count; at += Math.Max(1, frames.Count / SeedsPerLog))
                yield return [log, (byte)at, (byte)(at >> 8), .. frames[at].Records];
        }
    }
}
