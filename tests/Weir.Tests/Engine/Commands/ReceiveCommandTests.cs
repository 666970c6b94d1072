using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class ReceiveCommandTests
{
    private readonly EngineHarness _engine = new(new EngineOptions { InFlightMax = 3 });

    [Fact]
    public void Messages_come_in_the_order_of_sending_and_each_with_its_history()
    {
        _engine.Create(Orders);
        var sent = Enumerable.Range(0, 3).Select(_ => _engine.Send(Orders)).ToArray();
        var sentUnixMs = _engine.NowUnixMs;
        _engine.AdvanceSeconds(1);
        var first = _engine.Receive(Orders);
        Assert.Equal(sent.Select(message => message.MessageId), first.Select(message => message.MessageId));
        Assert.All(first, message => Assert.Equal(1, message.ReceiveCount));

        _engine.AdvanceSeconds(30);
        var again = _engine.ReceiveOne(Orders);
        Assert.Equal(2, again.ReceiveCount);
        Assert.Equal(sentUnixMs, again.SentUnixMs);
        Assert.Equal(sentUnixMs + 1000, again.FirstReceivedUnixMs);
    }

    [Fact]
    public void A_lease_ends_to_the_millisecond()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.ReceiveOne(Orders, visibility: 7);
        _engine.AdvanceSeconds(6.999);
        Assert.Empty(_engine.Receive(Orders));
        _engine.AdvanceSeconds(0.001);
        Assert.Single(_engine.Receive(Orders));
    }

    [Fact]
    public void A_timeout_of_zero_gives_each_message_once_and_leaves_it_visible()
    {
        _engine.Create(Orders);
        _engine.Send(Orders);
        _engine.Send(Orders);

        Assert.Equal(2, _engine.Receive(Orders, visibility: 0).DistinctBy(message => message.MessageId).Count());
        Assert.Equal(new QueueCounters(2, 0, 0), _engine.Counters(Orders));
        Assert.All(_engine.Receive(Orders, visibility: 0), message => Assert.Equal(2, message.ReceiveCount));
    }

    [Fact]
    public void Beyond_the_limit_in_flight_a_standard_queue_refuses()
    {
        _engine.Create(Orders);
        for (var i = 0; i < 5; i++) _engine.Send(Orders);

        Assert.Equal(3, _engine.Receive(Orders).Count);
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new ReceiveCommand(Orders, 1, null, null)));
    }

    [Fact]
    public void Beyond_the_limit_in_flight_a_fifo_queue_gives_nothing()
    {
        _engine.Create(Fifo);
        for (var i = 0; i < 5; i++) _engine.SendTo(Fifo, $"group {i}");

        Assert.Equal(3, _engine.Receive(Fifo).Count);
        Assert.Empty(_engine.Receive(Fifo));
    }

    [Fact]
    public void A_batch_takes_all_of_a_group_before_the_next()
    {
        _engine.Create(Fifo);
        foreach (var group in (string[])["a", "b", "a", "b"]) _engine.SendTo(Fifo, group);

        Assert.Equal(["a", "a", "b"], _engine.Receive(Fifo, max: 3).Select(message => message.GroupId));
    }

    [Fact]
    public void A_group_waits_while_any_of_it_is_in_flight()
    {
        _engine.Create(Fifo);
        foreach (var group in (string[])["a", "a", "b"]) _engine.SendTo(Fifo, group);
        var first = Assert.Single(_engine.Receive(Fifo, max: 1));

        var other = Assert.Single(_engine.Receive(Fifo));
        Assert.Equal("b", other.GroupId);
        _engine.Delete(Fifo, first);
        Assert.Equal("a", Assert.Single(_engine.Receive(Fifo)).GroupId);
    }

    [Fact]
    public void A_failed_message_comes_again_before_those_behind_it()
    {
        _engine.Create(Fifo);
        for (var i = 0; i < 3; i++) _engine.SendTo(Fifo, "a");
        var batch = _engine.Receive(Fifo, max: 2);
        Assert.Equal(FaultCode.None, _engine.ChangeVisibility(Fifo, batch[0], 0));
        Assert.Empty(_engine.Receive(Fifo));
        _engine.Delete(Fifo, batch[1]);

        var again = _engine.Receive(Fifo, max: 1);
        Assert.Equal(batch[0].MessageId, Assert.Single(again).MessageId);
    }

    [Fact]
    public void Retention_drops_a_message_even_while_it_is_leased()
    {
        _engine.Create(Orders, new QueueConfigPatch { Retention = TimeSpan.FromSeconds(60) });
        _engine.Send(Orders);
        var message = _engine.ReceiveOne(Orders, visibility: 600);
        _engine.AdvanceSeconds(59.999);
        Assert.Equal(1, _engine.Counters(Orders).InFlight);
        _engine.AdvanceSeconds(0.001);

        Assert.Equal(new QueueCounters(0, 0, 0), _engine.Counters(Orders));
        Assert.Equal(FaultCode.InvalidValue, _engine.ChangeVisibility(Orders, message, 5));
        Assert.Equal(0, _engine.Shard.Live.Count);
    }

    [Fact]
    public void A_standard_queue_knows_no_attempts()
    {
        _engine.Create(Orders);
        Assert.Equal(FaultCode.InvalidValue, _engine.Refused(new ReceiveCommand(Orders, 1, null, "attempt")));
    }

    [Fact]
    public void A_queue_that_is_not_there_gives_nothing() =>
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new ReceiveCommand(Orders, 1, null, null)));
}
