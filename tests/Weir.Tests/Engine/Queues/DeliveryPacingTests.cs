using Weir.Engine;
using Xunit;

namespace Weir.Tests.Engine.Queues;

/// <summary>A queue gives its messages no faster than it should, and none while it is paused.</summary>
public sealed class DeliveryPacingTests
{
    private static readonly QueueName Queue = EngineHarness.Orders;

    [Theory]
    [InlineData("orders")]
    [InlineData("orders.fifo")]
    public void No_more_than_the_concurrency_are_in_flight(string name)
    {
        var queue = EngineHarness.Named(name);
        var engine = NewEngine(queue, new FlowPatch { DeliveryConcurrency = 3 });
        Fill(engine, queue, 10);
        var leases = engine.Receive(queue, visibility: 10);
        Assert.Equal(3, leases.Count);
        Assert.Empty(engine.Receive(queue));
        Assert.Equal(
            new FlowHold(FlowLimit.DeliveryConcurrency, 3, 3, null), engine.Get(queue).Flow.Delivery);
        engine.Delete(queue, leases[0]);
        Assert.Single(engine.Receive(queue, visibility: 100));
        engine.AdvanceSeconds(10);
        Assert.Equal(2, engine.Receive(queue).Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(50, 5)]
    [InlineData(1000, 100)]
    public void The_rate_holds_over_any_time_beside_a_tenth_of_a_second_at_once(int rate, int burst)
    {
        var engine = NewEngine(Queue, new FlowPatch { DeliveryRate = rate });
        Fill(engine, Queue, 3 * rate + 20);
        var received = ReceiveAll(engine);
        Assert.Equal(burst, received);
        for (var i = 0; i < 2000; i++)
        {
            engine.Advance(TimeSpan.FromMilliseconds(1));
            received += ReceiveAll(engine);
            if (i == 500) engine.Restart(fromCheckpoint: true);
            if (i == 1500) engine.Restart(fromCheckpoint: false);
        }

        Assert.InRange(received, 2 * rate, (2 * rate) + burst + 1);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders.fifo")]
    public void A_paused_queue_takes_messages_and_gives_none(string name)
    {
        var queue = EngineHarness.Named(name);
        var engine = NewEngine(queue, new FlowPatch { IsDeliveryPaused = true });
        var watch = engine.Shard.Watch(queue)!;
        Fill(engine, queue, 2);
        Assert.False(watch.HasReady);
        Assert.Empty(engine.Receive(queue));
        Assert.Equal(FlowLimit.DeliveryPaused, engine.Get(queue).Flow.Delivery?.Limit);
        engine.Shard.TakeChanged([]);
        engine.Configure(queue, new QueueConfigPatch { Flow = new FlowPatch { IsDeliveryPaused = false } });

        // Whoever waits is told.
        var changed = new List<QueueWatch>();
        Assert.True(engine.Shard.TakeChanged(changed));
        Assert.Equal([watch], changed);
        Assert.True(watch.HasReady);
        Assert.Equal(2, engine.Receive(queue).Count);
    }

    [Fact]
    public void Whoever_waits_is_woken_when_the_rate_lets_the_next_one_go()
    {
        var engine = NewEngine(Queue, new FlowPatch { DeliveryRate = 2 });
        Fill(engine, Queue, 3);
        var watch = engine.Shard.Watch(Queue)!;
        Assert.Single(engine.Receive(Queue));
        Assert.False(watch.HasReady);
        Assert.Equal(engine.NowUnixMs + 500, watch.NextVisibleUnixMs);
        engine.AdvanceSeconds(0.5);
        engine.Counters(Queue);
        Assert.True(watch.HasReady);
        Assert.Single(engine.Receive(Queue));
    }

    private static EngineHarness NewEngine(QueueName queue, FlowPatch flow)
    {
        var engine = new EngineHarness();
        engine.Create(queue, new QueueConfigPatch { Flow = flow, VisibilityTimeout = TimeSpan.FromHours(1) });
        return engine;
    }

    private static void Fill(EngineHarness engine, QueueName queue, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            if (queue.HasFifoSuffix) engine.SendTo(queue, $"g{i}");
            else engine.Send(queue);
        }
    }

    private static int ReceiveAll(EngineHarness engine)
    {
        var received = 0;
        while (engine.Receive(Queue) is { Count: > 0 } messages) received += messages.Count;
        return received;
    }
}
