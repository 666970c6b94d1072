using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker;

public sealed class When_receives_wait
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_send_wakes_the_one_that_waits()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        await test.SendAsync(Orders, "hello");

        Assert.Equal("hello", BodyOf(Assert.Single((await receive).Value)));
    }

    [Fact]
    public async Task Those_who_came_first_are_served_first()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        var receives = new List<Task<Outcome<IReadOnlyList<Weir.Broker.Messages.ReceivedMessage>>>>();
        for (var i = 0; i < 5; i++)
        {
            receives.Add(test.ReceiveAsync(Orders, max: 1, wait: Wait).AsTask());
            await test.WaitersAsync(i + 1);
        }

        await test.SendAsync(Orders, "0", "1", "2", "3", "4");

        for (var i = 0; i < 5; i++)
            Assert.Equal($"{i}", BodyOf(Assert.Single((await receives[i]).Value)));
    }

    [Fact]
    public async Task The_wait_ends_empty_at_its_deadline()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        test.Time.Advance(Wait - TimeSpan.FromMilliseconds(1));
        Assert.False(receive.IsCompleted);
        test.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty((await receive).Value);
    }

    [Fact]
    public async Task The_queues_rate_wakes_the_one_that_waits_when_the_next_may_go()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders, new QueueConfigPatch { Flow = new FlowPatch { DeliveryRate = 2 } });
        await test.SendAsync(Orders, "0", "1");
        Assert.Single((await test.ReceiveAsync(Orders)).Value);
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        test.Time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(receive.IsCompleted);
        test.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("1", BodyOf(Assert.Single((await receive).Value)));
    }

    [Fact]
    public async Task The_end_of_a_pause_wakes_the_one_that_waits()
    {
        // A changed configuration is written whole, and its bound does not fit into a small frame.
        await using var test = new TestBroker(broker => broker with
        {
            Journal = broker.Journal with { SegmentBytes = (4 << 20) + 8192, FrameBytesMax = 2 << 20 },
        });
        await test.CreateAsync(Orders, new QueueConfigPatch { Flow = new FlowPatch { IsDeliveryPaused = true } });
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);
        await test.SendAsync(Orders, "hello");
        Assert.False(receive.IsCompleted);

        var resume = new QueueConfigPatch { Flow = new FlowPatch { IsDeliveryPaused = false } };
        Assert.True((await test.Broker.ExecuteAsync(new ConfigureQueueCommand(Orders, resume))).IsOk);

        Assert.Equal("hello", BodyOf(Assert.Single((await receive).Value)));
    }

    [Fact]
    public async Task The_end_of_a_lease_wakes_the_one_that_waits()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders, new QueueConfigPatch { VisibilityTimeout = TimeSpan.FromSeconds(5) });
        await test.SendAsync(Orders, "again");
        Assert.Single((await test.ReceiveAsync(Orders)).Value);
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        test.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(2, Assert.Single((await receive).Value).Lease.ReceiveCount);
    }

    [Fact]
    public async Task One_that_is_refused_in_any_case_does_not_wait_behind_another()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        var waiting = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        var refused = await test.Broker.ReceiveAsync(
            new ReceiveCommand(Orders, 1, null, "attempt"), Wait, TestContext.Current.CancellationToken);

        Assert.Equal(FaultCode.InvalidValue, refused.Fault?.Code);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_message_that_is_dead_lettered_wakes_the_one_that_waits_on_the_dead_letter_queue()
    {
        await using var test = new TestBroker();
        var deadLetters = Orders with { Name = "dead" };
        await test.CreateAsync(deadLetters);
        await test.CreateAsync(Orders, new QueueConfigPatch
        {
            VisibilityTimeout = TimeSpan.Zero,
            Redrive = new Change<RedrivePolicy>(new RedrivePolicy(deadLetters, 1)),
        });
        var receive = test.ReceiveAsync(deadLetters, wait: Wait).AsTask();
        await test.WaitersAsync(1);
        await test.SendAsync(Orders, "poison");
        Assert.Single((await test.ReceiveAsync(Orders)).Value);

        Assert.Empty((await test.ReceiveAsync(Orders)).Value);

        Assert.Equal(Orders, Assert.Single((await receive).Value).Lease.DeadLetterSource);
    }

    [Fact]
    public async Task A_client_that_goes_away_takes_no_message_with_it()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        using var gone = new CancellationTokenSource();
        var receive = test.ReceiveAsync(Orders, wait: Wait, clientGone: gone.Token).AsTask();
        await test.WaitersAsync(1);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);
        Assert.Equal(0, test.Broker.Figures.WaitingReceives);
        await test.SendAsync(Orders, "kept");
        Assert.Equal(1, Assert.Single((await test.ReceiveAsync(Orders)).Value).Lease.ReceiveCount);
    }

    [Fact]
    public async Task A_client_that_is_gone_when_its_message_is_leased_gives_it_back_at_once()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        await test.SendAsync(Orders, "kept");
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => test.ReceiveAsync(Orders, clientGone: gone.Token).AsTask());

        Assert.Single((await test.ReceiveAsync(Orders, wait: Wait)).Value);
    }

    [Fact]
    public async Task Deleting_the_queue_tells_those_who_wait()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        var receive = test.ReceiveAsync(Orders, wait: Wait).AsTask();
        await test.WaitersAsync(1);

        await test.Broker.ExecuteAsync(new DeleteQueueCommand(Orders));

        Assert.Equal(FaultCode.QueueNotFound, (await receive).Fault?.Code);
    }

    [Fact]
    public async Task The_queues_own_wait_counts_when_the_receive_names_none()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders, new QueueConfigPatch { ReceiveWait = TimeSpan.FromSeconds(3) });
        var receive = test.Broker.ReceiveAsync(new ReceiveCommand(Orders, 1, null, null), null, default).AsTask();
        await test.WaitersAsync(1);

        test.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Empty((await receive).Value);
    }

    [Fact]
    public async Task A_repeated_receive_gets_its_messages_although_others_wait()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(OrdersFifo);
        await test.SendAsync(OrdersFifo, "one");
        var attempt = new ReceiveCommand(OrdersFifo, 10, null, "attempt");
        var first = await test.Broker.ReceiveAsync(attempt, TimeSpan.FromSeconds(20), CancellationToken.None);
        var other = test.ReceiveAsync(OrdersFifo, wait: TimeSpan.FromSeconds(20));
        await test.WaitersAsync(1);

        var repeated = await test.Broker.ReceiveAsync(attempt, TimeSpan.FromSeconds(20), CancellationToken.None);

        Assert.Equal(
            Assert.Single(first.Value).Lease.Receipt, Assert.Single(repeated.Value).Lease.Receipt);
        test.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty((await other).Value);
    }

    [Fact]
    public async Task A_group_whose_message_in_flight_expires_is_served_to_those_who_wait()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(OrdersFifo, new() { Retention = TimeSpan.FromSeconds(60) });
        await test.SendAsync(OrdersFifo, "expires");
        var lease = new ReceiveCommand(OrdersFifo, 1, TimeSpan.FromHours(1), null);
        Assert.Single((await test.Broker.ReceiveAsync(lease, TimeSpan.Zero, CancellationToken.None)).Value);
        test.Time.Advance(TimeSpan.FromSeconds(45));
        await test.SendAsync(OrdersFifo, "behind it");
        var waiting = test.ReceiveAsync(OrdersFifo, wait: TimeSpan.FromSeconds(20));
        await test.WaitersAsync(1);

        test.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal("behind it", BodyOf(Assert.Single((await waiting).Value)));
    }
}
