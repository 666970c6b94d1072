using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Queues;

/// <summary>A message whose time to live is over is delivered to nobody.</summary>
public sealed class TimeToLiveTests
{
    private static readonly QueueName Queue = EngineHarness.Orders;
    private static readonly QueueName Dead = EngineHarness.Failed;

    [Fact]
    public void The_queue_has_one_for_all_and_a_message_its_own()
    {
        var engine = NewEngine(new FlowPatch { MessageTtl = TimeSpan.FromSeconds(10) });
        engine.Send(Queue);
        engine.Send(Queue, engine.Entry() with { Ttl = TimeSpan.FromSeconds(5) });
        engine.Send(Queue, engine.Entry() with { Ttl = TimeSpan.FromSeconds(20) });
        engine.AdvanceSeconds(4.999);
        Assert.Equal(3, Peeked(engine));
        engine.AdvanceSeconds(0.001);
        Assert.Equal([1, 3], Sequences(engine.Receive(Queue, visibility: 1)));
        engine.AdvanceSeconds(5);
        Assert.Equal([3], Sequences(engine.Receive(Queue, visibility: 1)));
        engine.AdvanceSeconds(10);
        Assert.Empty(engine.Receive(Queue));
        Assert.Equal(3, engine.Get(Queue).Flow.Counters.ExpiredDropped);
        Assert.Equal(new QueueCounters(0, 0, 0), engine.Counters(Queue));
    }

    [Fact]
    public void It_is_kept_in_the_log_and_in_runs()
    {
        var engine = NewEngine(new FlowPatch());
        for (var i = 0; i < 20; i++)
        {
            var ttl = i % 2 == 0 ? TimeSpan.FromSeconds(10) : (TimeSpan?)null;
            engine.Send(Queue, engine.Entry() with { Ttl = ttl });
        }

        Assert.NotEqual(0, engine.Shard.State.Find(Queue)!.Backlog.RunCount);
        engine.Restart(fromCheckpoint: true);
        engine.AdvanceSeconds(10);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => 2L * i), Sequences(engine.Receive(Queue)));
    }

    [Fact]
    public void An_expired_message_goes_to_the_dead_letter_queue_where_it_does_not_expire_again()
    {
        var engine = NewEngine(new FlowPatch
        {
            MessageTtl = TimeSpan.FromSeconds(10), Expired = ExpiryPolicy.DeadLetter,
        });
        var sent = engine.Send(Queue);
        engine.AdvanceSeconds(10);
        Assert.Empty(engine.Receive(Queue));
        engine.AdvanceSeconds(1000);
        var letter = engine.ReceiveOne(Dead);
        Assert.Equal((sent.MessageId, Queue), (letter.MessageId, letter.DeadLetterSource));
        Assert.Equal(1, engine.Get(Queue).Flow.Counters.ExpiredDeadLettered);
    }

    [Fact]
    public void While_the_dead_letter_queue_is_full_it_stays_and_is_not_delivered()
    {
        var engine = NewEngine(new FlowPatch { Expired = ExpiryPolicy.DeadLetter });
        engine.Configure(Dead, new QueueConfigPatch { Flow = new FlowPatch { MessagesMax = 1 } });
        engine.Send(Dead);
        engine.Send(Queue, engine.Entry() with { Ttl = TimeSpan.FromSeconds(1) });
        engine.AdvanceSeconds(1);
        Assert.Empty(engine.Receive(Queue));
        Assert.Equal(1, engine.Counters(Queue).Visible);
        engine.Delete(Dead, engine.ReceiveOne(Dead));
        Assert.Empty(engine.Receive(Queue));
        Assert.Equal((0, 1), (engine.Counters(Queue).Visible, engine.Counters(Dead).Visible));
    }

    [Fact]
    public void A_message_in_flight_is_its_consumers()
    {
        var engine = NewEngine(new FlowPatch { MessageTtl = TimeSpan.FromSeconds(10) });
        engine.Send(Queue);
        var lease = engine.ReceiveOne(Queue, visibility: 60);
        engine.AdvanceSeconds(20);
        Assert.Equal(1, engine.Counters(Queue).InFlight);
        Assert.Equal(FaultCode.None, engine.Delete(Queue, lease));
        Assert.Equal(0, engine.Get(Queue).Flow.Counters.ExpiredDropped);
    }

    [Fact]
    public void A_published_message_has_it_too()
    {
        var engine = NewEngine(new FlowPatch());
        var publication = new Publication
        {
            MessageId = engine.NewId(),
            Contents = [new PublishedContent(new byte[1], 1)],
            Deliveries =
            [
                new Weir.Engine.Delivery { Queue = Queue, MessageId = engine.NewId(), Ttl = TimeSpan.FromSeconds(1) },
                new Weir.Engine.Delivery { Queue = Queue, MessageId = engine.NewId() },
            ],
        };
        engine.Do(new PublishCommand([publication]));
        engine.AdvanceSeconds(1);
        Assert.Equal([2], Sequences(engine.Receive(Queue)));
    }

    [Fact]
    public void In_a_fifo_queue_it_lets_those_behind_it_go()
    {
        var engine = new EngineHarness();
        engine.Create(EngineHarness.Fifo);
        engine.Send(EngineHarness.Fifo, engine.Entry("g", "a") with { Ttl = TimeSpan.FromSeconds(1) });
        engine.Send(EngineHarness.Fifo, engine.Entry("g", "b"));
        engine.AdvanceSeconds(1);
        Assert.Equal([2], Sequences(engine.Receive(EngineHarness.Fifo)));
    }

    private static EngineHarness NewEngine(FlowPatch flow)
    {
        var engine = new EngineHarness();
        engine.Create(Dead);
        engine.Create(Queue, new QueueConfigPatch { Flow = flow, Redrive = new(new RedrivePolicy(Dead, 1000)) });
        return engine;
    }

    private static long Peeked(EngineHarness engine) => engine.Counters(Queue).Visible;

    private static long[] Sequences(IReadOnlyList<LeasedMessage> messages) =>
        [.. messages.Select(message => message.Sequence)];
}
