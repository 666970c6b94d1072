using Microsoft.Extensions.Time.Testing;
using Weir.Broker.Delivery;
using Xunit;

namespace Weir.Tests.Delivery;

public sealed class DeliveryGateTests : IDisposable
{
    private const string Shop = "111122223333";
    private const string Bank = "444455556666";

    private readonly FakeTimeProvider _time = new();
    private readonly DeliveryGate _gate;

    public DeliveryGateTests() => _gate = new DeliveryGate(new PushOptions { ConcurrencyMax = 8 }, _time);

    [Fact]
    public void A_destination_leaves_the_last_quarter_to_others()
    {
        var (greedy, other) = (_gate.Attach(Shop, "greedy"), _gate.Attach(Shop, "other"));
        var tickets = Queue(greedy, count: 10);
        Assert.Equal(6, Entered(tickets));

        Assert.Equal(1, Entered(Queue(other, count: 2)));
    }

    [Fact]
    public void Who_waits_for_room_gets_it_before_the_one_that_left()
    {
        var (greedy, other) = (_gate.Attach(Shop, "greedy"), _gate.Attach(Shop, "other"));
        var tickets = Queue(greedy, count: 10);
        var waiting = Queue(other, count: 2);

        _gate.End(tickets[0], CallVerdict.Answered);
        _gate.End(tickets[1], CallVerdict.Answered);

        Assert.Equal(2, Entered(waiting));
        Assert.Equal(6, Entered(tickets));
    }

    [Fact]
    public void A_tenant_leaves_room_for_another_however_many_destinations_it_has()
    {
        var tickets = Enumerable.Range(0, 8).SelectMany(i => Queue(_gate.Attach(Shop, $"{i}"), count: 1)).ToList();
        Assert.Equal(7, Entered(tickets));

        Assert.Equal(1, Entered(Queue(_gate.Attach(Bank, "other"), count: 1)));
    }

    [Fact]
    public void A_tenant_has_no_more_calls_under_way_than_its_quota_and_another_is_not_held_by_that()
    {
        var (quota, held) = (3L, new List<string>());
        _gate.QuotaOf = account => account == Shop ? quota : null;
        _gate.Held = held.Add;
        var shop = Enumerable.Range(0, 2).SelectMany(i => Queue(_gate.Attach(Shop, $"{i}"), count: 4)).ToList();
        Assert.Equal((3, 3), (Entered(shop), _gate.InUseOf(Shop)));
        Assert.Equal(Enumerable.Repeat(Shop, 5), held);
        Assert.Equal(2, Entered(Queue(_gate.Attach(Bank, "other"), count: 2)));

        _gate.End(shop[0], CallVerdict.Answered);
        Assert.Equal((4, 3), (Entered(shop), _gate.InUseOf(Shop)));
        quota = 4;
        _gate.End(shop[1], CallVerdict.Answered);
        Assert.Equal((6, 4), (Entered(shop), _gate.InUseOf(Shop)));
    }

    [Fact]
    public void The_tenant_with_the_fewest_calls_is_served_first()
    {
        var shop = Enumerable.Range(0, 9).SelectMany(i => Queue(_gate.Attach(Shop, $"{i}"), count: 1)).ToList();
        var bank = Enumerable.Range(0, 9).SelectMany(i => Queue(_gate.Attach(Bank, $"{i}"), count: 1)).ToList();
        Assert.Equal((7, 1), (Entered(shop), Entered(bank)));

        // Each call that ends makes room, which the other tenant gets until it has its share.
        for (var i = 0; i < 2; i++) _gate.End(shop[i], CallVerdict.Answered);
        Assert.Equal((7, 2), (Entered(shop), Entered(bank)));

        for (var i = 2; i < 7; i++) _gate.End(shop[i], CallVerdict.Answered);
        Assert.Equal((9, 5), (Entered(shop), Entered(bank)));
    }

    [Fact]
    public void A_circuit_that_one_tenant_opened_is_open_for_that_one_only()
    {
        var (shop, bank) = (_gate.Attach(Shop, "a"), _gate.Attach(Bank, "a"));

        foreach (var ticket in Queue(shop, count: 5)) _gate.End(ticket, CallVerdict.Failed);

        Assert.Equal((CircuitPhase.Open, CircuitPhase.Closed), (_gate.PhaseOf(shop), _gate.PhaseOf(bank)));
    }

    [Fact]
    public void A_rate_spaces_calls_out()
    {
        var destination = _gate.Attach(Shop, "slow");
        var tickets = Enumerable.Range(0, 4).Select(_ => _gate.Queue(destination, 10, 2)).ToList();

        Assert.Equal(1, Entered(tickets));
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(1, Entered(tickets));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, Entered(tickets));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(3, Entered(tickets));
    }

    [Fact]
    public void One_that_asks_for_less_gets_half_and_then_ever_more_again()
    {
        var destination = _gate.Attach(Shop, "a");
        var tickets = Queue(destination, count: 4, concurrencyMax: 4);
        foreach (var ticket in tickets.Skip(1)) _gate.End(ticket, CallVerdict.Answered);
        _gate.End(tickets[0], CallVerdict.Throttled, TimeSpan.FromSeconds(3));

        var paused = Queue(destination, count: 4, concurrencyMax: 4);
        Assert.Equal(0, Entered(paused));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, Entered(paused));

        for (var i = 0; i < 25; i++)
        {
            _gate.End(paused[0], CallVerdict.Answered);
            paused.RemoveAt(0);
            paused.Add(_gate.Queue(destination, 4, null));
        }

        Assert.Equal(4, Entered(paused));
    }

    [Fact]
    public void A_probe_that_is_called_off_leaves_its_turn_to_the_next()
    {
        var destination = _gate.Attach(Shop, "a");
        foreach (var ticket in Queue(destination, count: 5)) _gate.End(ticket, CallVerdict.Failed);
        Assert.Equal(CircuitPhase.Open, _gate.PhaseOf(destination));
        var waiting = Queue(destination, count: 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, Entered(waiting));

        _gate.End(waiting[0], CallVerdict.CalledOff);

        Assert.Equal(2, Entered(waiting));
        Assert.Equal(CircuitPhase.HalfOpen, _gate.PhaseOf(destination));
    }

    [Fact]
    public void Who_leaves_the_line_lets_the_next_forward()
    {
        var destination = _gate.Attach(Shop, "a");
        var tickets = Queue(destination, count: 3, concurrencyMax: 1);

        Assert.True(_gate.TryLeave(tickets[1]));
        Assert.False(_gate.TryLeave(tickets[0]));
        _gate.End(tickets[0], CallVerdict.Answered);

        Assert.True(tickets[2].Entered.IsCompleted);
    }

    public void Dispose() => _gate.Dispose();

    private List<GateTicket> Queue(DestinationState destination, int count, int concurrencyMax = 10) =>
        [.. Enumerable.Range(0, count).Select(_ => _gate.Queue(destination, concurrencyMax, null))];

    private static int Entered(IEnumerable<GateTicket> tickets) => tickets.Count(ticket => ticket.Entered.IsCompleted);
}
