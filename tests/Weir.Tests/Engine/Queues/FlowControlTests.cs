using CsCheck;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Queues;

/// <summary>What a queue's own limits do: how much it takes, and what makes room.</summary>
public sealed class FlowControlTests
{
    private static readonly QueueName Queue = EngineHarness.Orders;
    private static readonly QueueName Dead = EngineHarness.Failed;

    [Fact]
    public void A_full_queue_refuses_and_names_its_limit()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 2 });
        engine.Send(Queue);
        engine.Send(Queue);
        var fault = Assert.Single(engine.Do(new SendCommand(Queue, [engine.Entry()]))).Fault!;
        Assert.Equal(FaultCode.QueueFull, fault.Code);
        Assert.Contains("orders is full: 2 messages, where WeirMaxMessages is 2", fault.Message,
            StringComparison.Ordinal);

        // A message in flight is in the queue; a deleted one is not.
        var lease = engine.ReceiveOne(Queue);
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry()));
        engine.Delete(Queue, lease);
        engine.Send(Queue);
    }

    [Fact]
    public void Of_a_batch_is_taken_what_has_room()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 2 });
        var outcomes = engine.Do(new SendCommand(Queue, [engine.Entry(), engine.Entry(), engine.Entry()]));
        Assert.Equal([true, true, false], outcomes.Select(outcome => outcome.IsOk));
    }

    [Fact]
    public void Bytes_are_counted_wherever_a_message_lies()
    {
        var engine = NewEngine(new FlowPatch { BytesMax = 100 });
        for (var i = 0; i < 10; i++) engine.Send(Queue, engine.Entry(body: "ten bytes!"));
        Assert.NotEqual(0, engine.Shard.State.Find(Queue)!.Backlog.RunCount);
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry(body: "1")));
        engine.Restart(fromCheckpoint: true);
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry(body: "1")));
        while (engine.Receive(Queue) is { Count: > 0 } leases)
        {
            foreach (var lease in leases) engine.Delete(Queue, lease);
        }

        Assert.Equal(0, engine.Get(Queue).Flow.Bytes);
        engine.Send(Queue, engine.Entry(body: new string('x', 100)));
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry(body: "1")));
    }

    [Fact]
    public void A_repeated_message_is_no_new_one_for_a_full_fifo_queue()
    {
        var engine = new EngineHarness();
        engine.Create(EngineHarness.Fifo, new QueueConfigPatch { Flow = new FlowPatch { MessagesMax = 1 } });
        var first = engine.Send(EngineHarness.Fifo, engine.Entry("g", "a"));
        Assert.Equal(first, engine.Send(EngineHarness.Fifo, engine.Entry("g", "a")));
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(EngineHarness.Fifo, engine.Entry("g", "b")));
    }

    [Fact]
    public void The_oldest_waiting_make_room_in_the_same_commit()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 3, Overflow = OverflowPolicy.DropOldest });
        for (var i = 0; i < 3; i++) engine.Send(Queue);
        Assert.Equal(1, engine.ReceiveOne(Queue).Sequence);
        engine.Send(Queue);
        Assert.Equal(2, engine.Frames[^1].RecordCount);

        // The one in flight stays: it is not waiting.
        Assert.Equal(new QueueCounters(2, 1, 0), engine.Counters(Queue));
        Assert.Equal([3, 4], engine.Receive(Queue).Select(message => message.Sequence));
        Assert.Equal(1, engine.Get(Queue).Flow.Counters.OverflowDropped);
        Assert.Equal(MessagePhase.Overflowed, Phase(engine, 2));

        // Nothing waits any more that could make room.
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry()));
    }

    [Fact]
    public void A_lowered_limit_is_reached_bit_by_bit()
    {
        var engine = NewEngine(new FlowPatch());
        for (var i = 0; i < 60; i++) engine.Send(Queue);
        engine.Configure(Queue, Flow(new FlowPatch { MessagesMax = 5, Overflow = OverflowPolicy.DropOldest }));
        for (var i = 0; i < 4; i++) engine.Send(Queue);
        Assert.Equal(5, engine.Counters(Queue).Visible);
        Assert.Equal([60, 61, 62, 63, 64], engine.Receive(Queue).Select(message => message.Sequence));
    }

    [Fact]
    public void The_oldest_waiting_go_to_the_dead_letter_queue()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 2, Overflow = OverflowPolicy.DeadLetterOldest });
        var first = engine.Send(Queue);
        engine.Send(Queue);
        engine.Send(Queue);
        var letter = engine.ReceiveOne(Dead);
        Assert.Equal((first.MessageId, Queue), (letter.MessageId, letter.DeadLetterSource));
        Assert.Equal(1, engine.Get(Queue).Flow.Counters.OverflowDeadLettered);
        Assert.Equal(MessagePhase.DeadLettered, Phase(engine, 1));
    }

    [Fact]
    public void Nothing_is_dropped_when_the_dead_letter_queue_is_full_or_gone()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 2, Overflow = OverflowPolicy.DeadLetterOldest });
        engine.Configure(Dead, Flow(new FlowPatch { MessagesMax = 1 }));
        for (var i = 0; i < 3; i++) engine.Send(Queue);
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry()));
        engine.Do(new DeleteQueueCommand(Dead));
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry()));
        Assert.Equal(2, engine.Counters(Queue).Visible);
    }

    [Fact]
    public void A_full_dead_letter_queue_leaves_messages_in_their_queue()
    {
        var engine = NewEngine(new FlowPatch());
        engine.Configure(Queue, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Dead, 1)) });
        engine.Configure(Dead, Flow(new FlowPatch { MessagesMax = 1 }));
        for (var i = 0; i < 2; i++) engine.Send(Queue);
        Assert.Equal(2, engine.Receive(Queue, visibility: 1).Count);
        engine.AdvanceSeconds(1);
        Assert.Equal(2, engine.ReceiveOne(Queue).Sequence);
        Assert.Equal(1, engine.Counters(Dead).Visible);
    }

    [Fact]
    public void A_dead_letter_queue_keeps_to_its_own_limit()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 1, Overflow = OverflowPolicy.DeadLetterOldest });
        var last = EngineHarness.Named("last");
        engine.Create(last);
        var policy = Flow(new FlowPatch { MessagesMax = 2, Overflow = OverflowPolicy.DeadLetterOldest });
        engine.Configure(Dead, policy with { Redrive = new(new RedrivePolicy(last, 1000)) });
        for (var i = 0; i < 3; i++) engine.Send(Queue);
        Assert.Equal((1, 2), (engine.Counters(Queue).Visible, engine.Counters(Dead).Visible));

        // Full itself, it takes no more: a send is refused rather than dead-lettered twice.
        Assert.Equal(FaultCode.QueueFull, engine.SendRefused(Queue, engine.Entry()));

        // What was received too often goes on all the same, and its oldest makes room.
        engine.Configure(Queue, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Dead, 1)) });
        Assert.Single(engine.Receive(Queue, visibility: 1));
        engine.AdvanceSeconds(1);
        Assert.Empty(engine.Receive(Queue));
        Assert.Equal((0, 2, 1), (
            engine.Counters(Queue).Visible, engine.Counters(Dead).Visible, engine.Counters(last).Visible));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Evicting_and_expiring_to_a_dead_letter_queue_need_one(bool isOverflow)
    {
        var engine = new EngineHarness();
        engine.Create(Queue);
        var patch = isOverflow
            ? new FlowPatch { Overflow = OverflowPolicy.DeadLetterOldest }
            : new FlowPatch { Expired = ExpiryPolicy.DeadLetter };
        Assert.Equal(FaultCode.InvalidValue, engine.Refused(new ConfigureQueueCommand(Queue, Flow(patch))));
    }

    [Fact]
    public void A_publish_to_a_full_queue_is_refused_as_a_whole()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 1 });
        var result = engine.Do(new PublishCommand([Publication(engine, Queue, Queue, Dead)]));
        Assert.Equal([(1, FaultCode.QueueFull)], result.Failures.Select(
            failure => (failure.Delivery, failure.Reason.Code)));
        Assert.Equal(0, engine.Counters(Dead).Visible);
        Assert.Empty(engine.Do(new PublishCommand([Publication(engine, Queue, Dead)])).Failures);
        Assert.Equal((1, 1), (engine.Counters(Queue).Visible, engine.Counters(Dead).Visible));
    }

    [Fact]
    public void A_publish_makes_room_too()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 2, Overflow = OverflowPolicy.DropOldest });
        for (var i = 0; i < 2; i++) engine.Send(Queue);
        Assert.Empty(engine.Do(new PublishCommand([Publication(engine, Queue, Queue)])).Failures);
        Assert.Equal([3, 4], engine.Receive(Queue).Select(message => message.Sequence));
    }

    [Fact]
    public void A_move_task_waits_for_room()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 1 });
        for (var i = 0; i < 2; i++) engine.Send(Dead);
        engine.Configure(Queue, new QueueConfigPatch { Redrive = new(new RedrivePolicy(Dead, 1)) });
        var task = engine.NewId();
        engine.Do(new StartMoveTaskCommand(task, Dead, Queue, null));
        engine.AdvanceSeconds(1);
        Assert.Equal((MoveTaskStatus.Running, 1), Step());
        engine.Delete(Queue, engine.ReceiveOne(Queue));
        Assert.Equal((MoveTaskStatus.Completed, 2), Step());

        (MoveTaskStatus, long) Step()
        {
            var step = engine.Do(new StepMoveTaskCommand(task, [engine.NewId(), engine.NewId()]));
            return (step.Status, step.Moved);
        }
    }

    [Fact]
    public void Back_pressure_tells_its_limit_and_since_when()
    {
        var engine = NewEngine(new FlowPatch { MessagesMax = 1 });
        Assert.Null(engine.Get(Queue).Flow.Sending);
        engine.Send(Queue);
        var since = engine.NowUnixMs;
        engine.SendRefused(Queue, engine.Entry());
        engine.AdvanceSeconds(5);
        engine.SendRefused(Queue, engine.Entry());
        var flow = engine.Get(Queue).Flow;
        Assert.Equal(new FlowHold(FlowLimit.MaxMessages, 1, 1, since), flow.Sending);
        Assert.Equal(2, flow.Refused);
    }

    /// <summary>Each message that was taken was received, waits, is dead-lettered, or is counted as dropped.</summary>
    [Fact]
    public void Nothing_is_lost_uncounted() => Gen.Select(
        Gen.Int[1, 6], Gen.Enum<OverflowPolicy>(), Gen.Enum<ExpiryPolicy>(),
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 5]).List[1, 60]).Sample((most, overflow, expired, steps) =>
    {
        var engine = NewEngine(new FlowPatch
        {
            MessagesMax = most, Overflow = overflow, Expired = expired, MessageTtl = TimeSpan.FromSeconds(8),
        });
        var (taken, deleted) = (0, 0);
        foreach (var (kind, count) in steps)
        {
            switch (kind)
            {
                case 0 or 1:
                    var entries = Enumerable.Range(0, count).Select(i =>
                        engine.Entry() with { Ttl = i % 2 == 0 ? null : TimeSpan.FromSeconds(count) });
                    taken += engine.Do(new SendCommand(Queue, [.. entries])).Count(outcome => outcome.IsOk);
                    break;
                case 2:
                    foreach (var lease in engine.Receive(Queue, count, visibility: 2))
                    {
                        if (lease.Sequence % 2 == 0) continue;
                        engine.Delete(Queue, lease);
                        deleted++;
                    }

                    break;
                case 3:
                    engine.Restart(fromCheckpoint: count % 2 == 0);
                    break;
                default:
                    engine.AdvanceSeconds(count);
                    break;
            }

            var queue = engine.Get(Queue);
            var (here, dead, left) = (queue.Counters, engine.Counters(Dead), queue.Flow.Counters);
            Assert.InRange(here.Visible + here.InFlight, 0, most);
            Assert.Equal(
                taken,
                deleted + here.Visible + here.InFlight + dead.Visible + left.OverflowDropped + left.ExpiredDropped);
            Assert.Equal(dead.Visible, left.OverflowDeadLettered + left.ExpiredDeadLettered);
        }

        Assert.True(engine.Checkpoint().AsSpan().SequenceEqual(EngineHarness.Checkpoint(engine.Recover())));
    }, iter: 500);

    private static EngineHarness NewEngine(FlowPatch flow)
    {
        var engine = new EngineHarness();
        engine.Create(Dead);
        engine.Create(Queue, Flow(flow) with { Redrive = new(new RedrivePolicy(Dead, 1000)) });
        return engine;
    }

    private static QueueConfigPatch Flow(FlowPatch flow) => new() { Flow = flow };

    private static Publication Publication(EngineHarness engine, params QueueName[] queues) => new()
    {
        MessageId = engine.NewId(),
        Contents = [new PublishedContent(new byte[10], 10)],
        Deliveries =
        [
            .. queues.Select(queue => new Weir.Engine.Delivery { Queue = queue, MessageId = engine.NewId() }),
        ],
    };

    private static MessagePhase Phase(EngineHarness engine, long sequence)
    {
        var place = new MessagePlace(engine.Shard.State.Find(Queue)!.Id, sequence);
        return engine.Do(new FindMessageCommand(Queue.Account, place)).Phase;
    }
}
