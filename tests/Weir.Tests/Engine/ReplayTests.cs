using System.Buffers;
using CsCheck;
using Weir.Engine;
using Weir.Engine.Queues;
using Weir.Engine.State;
using Weir.Tests.Engine.Model;
using Xunit;

namespace Weir.Tests.Engine;

/// <summary>The log alone, or a checkpoint and the rest of the log, gives the state that wrote them.</summary>
public sealed class ReplayTests
{
    private const int Iterations = 700;

    [Fact]
    public void A_standard_queue_comes_back_from_its_log() => Operations.Many.Sample(
        operations => Recover(isFifo: false, operations), iter: Iterations, print: Operations.Print);

    [Fact]
    public void A_fifo_queue_comes_back_from_its_log() => Operations.Many.Sample(
        operations => Recover(isFifo: true, operations), iter: Iterations, print: Operations.Print);

    /// <summary>A later version, or another configuration, keeps other parts of a backlog in memory.</summary>
    [Fact]
    public void A_log_comes_back_under_other_options_too() => Gen.Select(Gen.Bool, Operations.Many).Sample(
        (isFifo, operations) => RecoverOtherwise(isFifo, operations), iter: Iterations,
        print: sample => $"{sample.Item1}\n{Operations.Print(sample.Item2)}");

    private static void RecoverOtherwise(bool isFifo, List<Operation> operations)
    {
        var both = new SideBySide(isFifo);
        foreach (var operation in operations) both.Do(operation);
        var expected = both.Engine.Shard.ReadMessages().ToList();
        foreach (var front in (int[])[1, 3, 100])
        {
            var other = new EngineOptions
            {
                InFlightMax = front * 2, FrontMessagesMax = front, TailMessagesMax = front + 1, RunMessagesMax = front,
                EntriesOutOfAgeMax = front, PassedOverMax = front, InReachPerGroupMax = front,
            };
            Assert.Equal(expected, both.Engine.Recover(other: other).ReadMessages());
        }
    }

    [Fact]
    public void A_frame_before_its_time_happens_at_the_time_of_the_one_before()
    {
        var shard = new EngineHarness().NewShard();
        shard.Replay(1000, [], 0, 0);
        shard.Replay(999, [], 0, 0);
        Assert.Equal(1000, shard.NowUnixMs);
        shard.BeginFrame(1, new ArrayBufferWriter<byte>(), 0, 0);
        Assert.Equal(1000, shard.NowUnixMs);
    }

    [Fact]
    public void A_checkpoint_of_a_standard_queue_that_is_taken_in_steps_is_of_one_moment() => Operations.Many.Sample(
        operations => CutInSteps(isFifo: false, operations), iter: Iterations, print: Operations.Print);

    [Fact]
    public void A_checkpoint_of_a_fifo_queue_that_is_taken_in_steps_is_of_one_moment() => Operations.Many.Sample(
        operations => CutInSteps(isFifo: true, operations), iter: Iterations, print: Operations.Print);

    /// <summary>Versions differ in what they may have beside it: departures since 4, noisy groups and flow since 5.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_checkpoint_of_an_older_version_is_read(int version)
    {
        var engine = new EngineHarness();
        engine.Create(EngineHarness.Orders);
        for (var i = 0; i < 20; i++) engine.Send(EngineHarness.Orders, engine.Entry("g"));
        engine.Receive(EngineHarness.Orders, 3);
        var checkpoint = engine.Checkpoint();
        var older = checkpoint.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(older.AsSpan(sizeof(int) + 1), version);
        AssertSame(checkpoint, engine.Recover(older, engine.Frames.Count));
    }

    private static void CutInSteps(bool isFifo, List<Operation> operations)
    {
        var both = new SideBySide(isFifo);
        var engine = both.Engine;
        var (before, during) = (operations[..(operations.Count / 2)], operations[(operations.Count / 2)..]);
        foreach (var operation in before) both.Do(operation);
        var expected = EngineHarness.Checkpoint(engine.Recover());
        var firstFrame = engine.Frames.Count;
        var cut = engine.Shard.BeginCheckpoint();
        foreach (var operation in during.Where(operation => operation is not Restart))
        {
            both.Do(operation);
            if (!cut.IsComplete) cut.Continue(units: 1);
        }

        cut.Continue(int.MaxValue);
        var image = EngineHarness.Image(cut);
        Assert.True(expected.AsSpan().SequenceEqual(image), "The image is not of the moment at which it was begun.");
        AssertSame(engine.Checkpoint(), engine.Recover(image, firstFrame));
    }

    private static void Recover(bool isFifo, List<Operation> operations)
    {
        var both = new SideBySide(isFifo);
        var engine = both.Engine;
        foreach (var operation in operations[..(operations.Count / 2)]) both.Do(operation);
        var checkpoint = engine.Checkpoint();
        var firstFrame = engine.Frames.Count;
        foreach (var operation in operations[(operations.Count / 2)..])
        {
            both.Do(operation);
            AssertUseIsUpToDate(engine.Shard);
        }

        var last = engine.Checkpoint();
        AssertSame(last, engine.Recover());
        AssertSame(last, engine.Recover(checkpoint, firstFrame));
        AssertSame(last, engine.Recover(last, engine.Frames.Count));
        AssertLedgerIsExact(engine, engine.Shard);
        AssertLedgerIsExact(engine, engine.Recover(checkpoint, firstFrame));
        AssertUseIsExact(engine, engine.Shard);
        AssertUseIsExact(engine, engine.Recover());
        AssertUseIsExact(engine, engine.Recover(checkpoint, firstFrame));
        AssertUseIsExact(engine, engine.Recover(last, engine.Frames.Count));
    }

    /// <summary>Not only once somebody looks at the queue again.</summary>
    private static void AssertUseIsUpToDate(Shard shard)
    {
        var (messages, bytes) = (0L, 0L);
        foreach (var queue in shard.State.Queues)
        {
            messages += queue.Count;
            bytes += queue.ContentBytes;
        }

        var use = shard.UseOf(EngineHarness.Orders.Account);
        Assert.Equal((messages, bytes), (use?.Messages ?? 0, use?.Bytes ?? 0));
    }

    /// <summary>What accounts have is kept up to date change by change: it must be what a count finds.</summary>
    private static void AssertUseIsExact(EngineHarness engine, Shard shard)
    {
        var (messages, bytes, inFlight, queues) = (0L, 0L, 0L, 0L);
        foreach (var queue in shard.State.Queues)
        {
            var payloads = queue.Entries.Select(entry => entry.Message.Payload).ToList();
            for (var i = 0; i < queue.Backlog.HotCount; i++) payloads.Add(queue.Backlog.Hot(i).Payload);
            for (var i = 0; i < queue.Backlog.RunCount; i++)
            {
                payloads.AddRange(RunBlock.Read(queue.Backlog.GetRun(i), engine.ReadLog)
                    .Select(message => message.Payload));
            }

            messages += payloads.Count;
            bytes += payloads.Sum(payload => (long)payload.Length);
            inFlight += queue.Entries.Count(entry => entry is { State: EntryState.Leased, IsLeasedByBroker: false });
            queues++;
        }

        var use = shard.UseOf(EngineHarness.Orders.Account);
        Assert.Equal(
            (messages, bytes, inFlight, queues),
            (use?.Messages ?? 0, use?.Bytes ?? 0, use?.InFlight ?? 0, use?.Queues ?? 0));
    }

    private static void AssertSame(byte[] checkpoint, Shard shard) =>
        Assert.True(checkpoint.AsSpan().SequenceEqual(EngineHarness.Checkpoint(shard)), "The states differ.");

    private static void AssertLedgerIsExact(EngineHarness engine, Shard shard)
    {
        var contents = new List<PayloadRef>();
        var blocks = new List<PayloadRef>();
        foreach (var queue in shard.State.Queues)
        {
            contents.AddRange(queue.Entries.Select(entry => entry.Message.Payload));
            for (var i = 0; i < queue.Backlog.HotCount; i++) contents.Add(queue.Backlog.Hot(i).Payload);
            for (var i = 0; i < queue.Backlog.RunCount; i++)
            {
                var run = queue.Backlog.GetRun(i);
                contents.AddRange(RunBlock.Read(run, engine.ReadLog).Select(message => message.Payload));
                blocks.Add(run.Block);
            }
        }

        Assert.Equal(contents.Count, shard.Live.Count);
        Assert.Equal(contents.Concat(blocks).Sum(LiveLedger.BytesOf), shard.Live.Bytes);
        var segments = contents.Concat(blocks).Select(payload => payload.Segment).ToHashSet();
        for (var segment = 0u; segment < engine.Frames[^1].Segment + 1; segment++)
            Assert.Equal(segments.Contains(segment), shard.Live.IsLive(segment));
    }
}
