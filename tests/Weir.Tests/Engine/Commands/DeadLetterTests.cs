using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

/// <summary>What was received too often goes to the dead-letter queue with the next receive.</summary>
public sealed class DeadLetterTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void On_a_standard_queue_it_keeps_its_id_its_sending_time_and_its_count()
    {
        Link(Orders, Failed, receiveCountMax: 2);
        var sent = _engine.Send(Orders);
        var sentUnixMs = _engine.NowUnixMs;
        Fail(Orders, times: 2);
        Assert.Empty(_engine.Receive(Orders));

        var dead = _engine.ReceiveOne(Failed);
        Assert.Equal(sent.MessageId, dead.MessageId);
        Assert.Equal(sentUnixMs, dead.SentUnixMs);
        Assert.Equal(3, dead.ReceiveCount);
        Assert.Equal(Orders, dead.DeadLetterSource);
        Assert.Equal(1, _engine.Shard.Live.Count);
    }

    [Fact]
    public void On_a_fifo_queue_its_sending_time_begins_anew()
    {
        Link(Fifo, FailedFifo, receiveCountMax: 1);
        _engine.SendTo(Fifo, "group");
        Fail(Fifo, times: 1);
        _engine.AdvanceSeconds(5);
        Assert.Empty(_engine.Receive(Fifo));

        var dead = _engine.ReceiveOne(FailedFifo);
        Assert.Equal(_engine.NowUnixMs, dead.SentUnixMs);
        Assert.Equal("group", dead.GroupId);
    }

    [Fact]
    public void On_a_fifo_queue_it_frees_its_group_at_once()
    {
        Link(Fifo, FailedFifo, receiveCountMax: 1);
        _engine.SendTo(Fifo, "group");
        Fail(Fifo, times: 1);
        var next = _engine.SendTo(Fifo, "group");

        Assert.Equal(next.MessageId, _engine.ReceiveOne(Fifo).MessageId);
    }

    [Fact]
    public void Its_retention_runs_on_from_when_it_was_sent()
    {
        Link(Orders, Failed, receiveCountMax: 1);
        _engine.Configure(Failed, new QueueConfigPatch { Retention = TimeSpan.FromSeconds(100) });
        _engine.Send(Failed);
        _engine.Send(Orders);
        Fail(Orders, times: 1);
        _engine.AdvanceSeconds(98);
        _engine.Send(Failed);
        Assert.Empty(_engine.Receive(Orders));
        Assert.Equal(3, _engine.Counters(Failed).Visible);
        _engine.AdvanceSeconds(2);

        Assert.Equal(1, _engine.Counters(Failed).Visible);
    }

    [Fact]
    public void Two_dead_letters_of_one_queue_each_go_at_their_age()
    {
        var second = Named("second");
        Link(Orders, Failed, receiveCountMax: 1);
        _engine.Create(second, RedriveTo(Failed, receiveCountMax: 1));
        _engine.Configure(Failed, new QueueConfigPatch { Retention = TimeSpan.FromSeconds(100) });
        _engine.Send(Orders);
        _engine.AdvanceSeconds(10);
        _engine.Send(second);
        _engine.AdvanceSeconds(10);
        _engine.Send(Failed);
        Fail(Orders, times: 1);
        Fail(second, times: 1);
        _engine.Receive(Orders);
        _engine.Receive(second);
        Assert.Equal(3, _engine.Counters(Failed).Visible);

        // They are now 100, 90 and 80 seconds old, in the order of the list 80, 100, 90.
        _engine.AdvanceSeconds(78);
        Assert.Equal(2, _engine.Counters(Failed).Visible);
        _engine.AdvanceSeconds(10);
        Assert.Equal(1, _engine.Counters(Failed).Visible);
        _engine.AdvanceSeconds(10);
        Assert.Equal(0, _engine.Counters(Failed).Visible);
    }

    [Fact]
    public void Where_the_queue_no_longer_allows_it_or_is_gone_it_goes_on_being_delivered()
    {
        Link(Orders, Failed, receiveCountMax: 1);
        _engine.Send(Orders);
        Fail(Orders, times: 1);
        _engine.Configure(Failed, new QueueConfigPatch
        {
            RedriveAllow = new(new RedriveAllowPolicy(RedrivePermission.DenyAll, [])),
        });
        Assert.Equal(2, _engine.ReceiveOne(Orders, visibility: 0).ReceiveCount);
        _engine.Do(new DeleteQueueCommand(Failed));
        Assert.Equal(3, _engine.ReceiveOne(Orders, visibility: 0).ReceiveCount);
    }

    [Fact]
    public void A_receive_moves_a_hundred_at_most_and_the_next_goes_on()
    {
        Link(Orders, Failed, receiveCountMax: 1);
        for (var i = 0; i < 101; i++) _engine.Send(Orders);
        for (var i = 0; i < 101; i++) _engine.ReceiveOne(Orders, visibility: 1);
        _engine.AdvanceSeconds(1);
        Assert.Empty(_engine.Receive(Orders));
        Assert.Equal(100, _engine.Counters(Failed).Visible);
        Assert.Empty(_engine.Receive(Orders));
        Assert.Equal(101, _engine.Counters(Failed).Visible);
    }

    private void Link(QueueName source, QueueName target, int receiveCountMax)
    {
        _engine.Create(target);
        _engine.Create(source, RedriveTo(target, receiveCountMax));
    }

    private static QueueConfigPatch RedriveTo(QueueName target, int receiveCountMax) =>
        new() { Redrive = new(new RedrivePolicy(target, receiveCountMax)) };

    private void Fail(QueueName name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _engine.ReceiveOne(name, visibility: 1);
            _engine.AdvanceSeconds(1);
        }
    }
}
