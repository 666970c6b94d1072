using Weir.Tests.Engine;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>A checkpoint's body under a checksum that is right: what a broken writer could have left.</summary>
internal sealed class CheckpointTarget : HostileReader
{
    public override string Name => "checkpoint";

    public override double Share => 0.002;

    public override long AllocatedBytesBase => 8 << 20;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. EngineLogs.All.Select(log => log.Checkpoint())];

    public override bool Takes(byte[] input) =>
        EngineLogs.Takes(EngineLogs.All[0], shard => shard.ReadCheckpoint(EngineHarness.Bytes(input)));
}
