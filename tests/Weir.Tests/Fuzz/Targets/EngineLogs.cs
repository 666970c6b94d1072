using CsCheck;
using Weir.Engine;
using Weir.Engine.State;
using Weir.Tests.Engine;
using Weir.Tests.Engine.Model;

namespace Weir.Tests.Fuzz.Targets;

/// <summary>Small logs of a standard and of a FIFO queue, with a bit of everything in them.</summary>
internal static class EngineLogs
{
    public static EngineHarness[] All { get; } = [Log(isFifo: false), Log(isFifo: true)];

    /// <summary>False when the state is refused; a state that is taken comes back from its own checkpoint.</summary>
    public static bool Takes(EngineHarness log, Action<Shard> read)
    {
        var shard = log.NewShard();
        try
        {
            read(shard);
        }
        catch (StateCorruptException)
        {
            return false;
        }

        var written = EngineHarness.Checkpoint(shard);
        var again = log.NewShard();
        try
        {
            again.ReadCheckpoint(EngineHarness.Bytes(written));
        }
        catch (StateCorruptException exception)
        {
            throw new FuzzFailureException("a state that was taken cannot be read from its checkpoint", exception);
        }

        if (!EngineHarness.Checkpoint(again).AsSpan().SequenceEqual(written))
            throw new FuzzFailureException("a state that was taken differs after its checkpoint");
        return true;
    }

    private static EngineHarness Log(bool isFifo)
    {
        var both = new SideBySide(isFifo);
        both.Do(new Configure(0, Setting.Redrive, 1));
        both.Do(new Configure(1, Setting.RedriveAllow, 2));
        foreach (var operation in Operations.Many.Generate(new PCG(1, 1), null, out _)) both.Do(operation);
        return both.Engine;
    }
}
