using System.Buffers.Binary;
using CsCheck;
using Weir.Engine.State;
using Weir.Tests.Engine.Model;
using Xunit;

namespace Weir.Tests.Engine;

/// <summary>
/// Bytes that this engine did not write are either taken or refused as corrupt: never another exception, never more
/// memory than the bytes themselves could ask for.
/// </summary>
public sealed class CorruptionTests
{
    private const int Iterations = 6_000;
    private const long AllocatedBytesMax = 8 << 20;

    private static readonly long[] Extremes =
        [0, 1, -1, 2, 255, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, long.MaxValue / 10_000];

    private static readonly Gen<Mutation> AnyMutation = Gen.Select(
        Gen.Double[0, 1], Gen.Int[0, 4], Gen.Int[0, Extremes.Length - 1], Gen.Byte,
        (place, kind, extreme, value) => new Mutation(place, kind, extreme, value));

    private static readonly EngineHarness[] Logs = [Log(isFifo: false), Log(isFifo: true)];

    [Fact]
    public void A_mangled_log_is_taken_or_refused() => Gen.Select(
        Gen.Int[0, Logs.Length - 1], Gen.Double[0, 1], AnyMutation).Sample((log, place, mutation) =>
    {
        var frames = Logs[log].Frames;
        var bad = (int)(place * (frames.Count - 1));
        TakenOrRefused(() =>
        {
            var shard = Logs[log].NewShard();
            for (var i = 0; i < frames.Count; i++)
            {
                var records = i == bad ? mutation.ApplyTo(frames[i].Records) : frames[i].Records;
                shard.Replay(frames[i].NowUnixMs, records, frames[i].Segment, frames[i].Offset);
            }

            EngineHarness.Checkpoint(shard);
        });
    }, iter: Iterations);

    [Fact]
    public void A_mangled_checkpoint_is_taken_or_refused()
    {
        var checkpoints = Array.ConvertAll(Logs, log => log.Checkpoint());
        Gen.Select(Gen.Int[0, Logs.Length - 1], AnyMutation.Array[1, 2]).Sample((log, mutations) =>
        {
            var bytes = mutations.Aggregate(checkpoints[log], (bytes, mutation) => mutation.ApplyTo(bytes));
            TakenOrRefused(() =>
            {
                var shard = Logs[log].NewShard();
                shard.ReadCheckpoint(EngineHarness.Bytes(bytes));
                EngineHarness.Checkpoint(shard);
            });
        }, iter: Iterations);
    }

    [Fact]
    public void Noise_is_taken_or_refused() => Gen.Byte.Array[0, 200].Sample(noise => TakenOrRefused(() =>
    {
        new EngineHarness().NewShard().Replay(0, noise, 0, 0);
        new EngineHarness().NewShard().ReadCheckpoint(EngineHarness.Bytes(noise));
    }), iter: Iterations);

    [Fact]
    public void A_log_is_refused_after_any_cut_within_a_record()
    {
        var frame = Logs[0].Frames.First(frame => frame.RecordCount == 1);
        for (var length = 1; length < frame.Records.Length; length++)
        {
            var shard = new EngineHarness().NewShard();
            Assert.Throws<StateCorruptException>(() => shard.Replay(0, frame.Records.AsSpan(0, length), 0, 0));
        }
    }

    [Fact]
    public void A_checkpoint_without_a_header_or_of_a_later_version_is_refused()
    {
        Assert.Throws<StateCorruptException>(() =>
            new EngineHarness().NewShard().ReadCheckpoint(EngineHarness.Bytes([])));
        var later = new EngineHarness().Checkpoint();
        later[5]++;
        Assert.Throws<StateCorruptException>(() =>
            new EngineHarness().NewShard().ReadCheckpoint(EngineHarness.Bytes(later)));
    }

    private static EngineHarness Log(bool isFifo)
    {
        var both = new SideBySide(isFifo);
        both.Do(new Configure(0, Setting.Redrive, 1));
        both.Do(new Configure(1, Setting.RedriveAllow, 2));
        for (uint seed = 1; seed <= 4; seed++)
        {
            foreach (var operation in Operations.Many.Generate(new PCG(seed, 1), null, out _)) both.Do(operation);
        }

        return both.Engine;
    }

    private static void TakenOrRefused(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (StateCorruptException)
        {
            // Refused, as it may be.
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedBytesMax);
    }

    /// <summary>One change of bytes, at a place given as a fraction of their length.</summary>
    private sealed record Mutation(double Place, int Kind, int Extreme, byte Value)
    {
        public byte[] ApplyTo(byte[] bytes)
        {
            if (bytes.Length == 0) return [Value];
            var at = (int)(Place * (bytes.Length - 1));
            var changed = bytes.ToArray();
            Span<byte> extreme = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(extreme, Extremes[Extreme]);
            switch (Kind)
            {
                case 0: changed[at] = Value; break;
                case 1: changed[at] ^= (byte)(1 << (Value % 8)); break;
                case 2: return changed[..at];
                case 3: return [.. changed[..at], Value, .. changed[at..]];
                default:
                    var width = Math.Min(Value % 2 == 0 ? sizeof(int) : sizeof(long), bytes.Length - at);
                    extreme[..width].CopyTo(changed.AsSpan(at));
                    break;
            }

            return changed;
        }
    }
}
