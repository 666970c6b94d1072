using Weir.Tests.Engine;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>The body of a checkpoint whose checksum was right: what a later or a broken writer could have left.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    public override string Name => "checkpoint";

    public override long AllocatedBytesBase => 8 << 20;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. EngineLogs.All.Select(log => log.Checkpoint())];

    public override bool Takes(byte[] input) =>
        EngineLogs.Takes(EngineLogs.All[0], shard => shard.ReadCheckpoint(EngineHarness.Bytes(input)));
}
