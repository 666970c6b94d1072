using System.Text;
using Weir.Engine;
using Weir.Engine.Accounts;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;

namespace Weir.Tests.Engine.Commands;

/// <summary>An account is held to what it may have at once, exactly.</summary>
public sealed class AccountRoomTests
{
    private static readonly QueueName Orders = EngineHarness.Orders;
    private static readonly QueueName Other = EngineHarness.Named("other");
    private static readonly QueueName Fifo = EngineHarness.Fifo;
    private static readonly ScopeName Bus = new("bus", Orders.Account, Orders.Region, "b");

    private readonly EngineHarness _engine = new();
    private AccountLimits? _limits;

    public AccountRoomTests()
    {
        Hold();
        _engine.Create(Orders);
        _engine.Create(Other);
    }

    private AccountUse Use => _engine.Shard.UseOf(Orders.Account)!;

    [Fact]
    public void Messages_are_taken_up_to_the_limit_in_all_queues_and_again_after_a_delete()
    {
        _limits = new AccountLimits { MessagesMax = 3 };
        _engine.Send(Other);
        var batch = _engine.Do(new SendCommand(Orders, [_engine.Entry(), _engine.Entry(), _engine.Entry()]));
        Assert.Equal([true, true, false], batch.Select(one => one.IsOk));
        Assert.Equal(FaultCode.QuotaReached, batch[2].Fault!.Code);
        Assert.Contains("has 3 messages, where its quota is 3", batch[2].Fault!.Message, StringComparison.Ordinal);
        Assert.Equal((1, _engine.NowUnixMs), (
            Use.RefusedFor(AccountUse.MessagesSlot), Use.ReachedUnixMs(AccountUse.MessagesSlot)));

        _engine.Delete(Other, _engine.ReceiveOne(Other));
        _engine.Send(Orders);
        Assert.Equal(0, Use.ReachedUnixMs(AccountUse.MessagesSlot));
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Orders, _engine.Entry()));
        _limits = new AccountLimits { MessagesMax = 4 };
        _engine.Send(Orders);
        _limits = null;
        _engine.Send(Orders);
    }

    [Fact]
    public void Bytes_are_those_of_the_contents()
    {
        _limits = new AccountLimits { BytesMax = 10 };
        _engine.Send(Orders, _engine.Entry(body: "12345"));
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Other, _engine.Entry(body: "123456")));
        _engine.Send(Other, _engine.Entry(body: "12345"));
        Assert.Equal((2, 10), (Use.Messages, Use.Bytes));
        Assert.Equal(1, Use.RefusedFor(AccountUse.BytesSlot));
    }

    [Fact]
    public void What_has_expired_in_a_queue_that_nobody_looks_at_does_not_count()
    {
        _limits = new AccountLimits { MessagesMax = 1 };
        _engine.Configure(Other, new QueueConfigPatch { Retention = TimeSpan.FromSeconds(60) });
        _engine.Send(Other);
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Orders, _engine.Entry()));
        _engine.AdvanceSeconds(61);
        _engine.Send(Orders);
        Assert.Equal(1, Use.Messages);
    }

    [Fact]
    public void A_duplicate_is_accepted_without_room()
    {
        _engine.Create(Fifo);
        _limits = new AccountLimits { MessagesMax = 1 };
        var first = _engine.Send(Fifo, _engine.Entry("g", "d"));
        Assert.Equal(first, _engine.Send(Fifo, _engine.Entry("g", "d")));
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Fifo, _engine.Entry("g", "e")));
    }

    [Fact]
    public void A_publication_counts_for_each_queue_and_reaches_all_or_none()
    {
        _limits = new AccountLimits { MessagesMax = 3 };
        _engine.Publish(_engine.To(Orders), _engine.To(Other));
        var publication = _engine.Publication([_engine.To(Orders), _engine.To(Other)]);
        var failure = Assert.Single(_engine.Do(new PublishCommand([publication])).Failures);
        Assert.Equal((1, FaultCode.QuotaReached), (failure.Delivery, failure.Reason.Code));
        Assert.Equal(2, Use.Messages);
        Assert.Empty(_engine.Publish(_engine.To(Other)).Failures);
    }

    [Fact]
    public void A_repeated_publication_needs_no_room()
    {
        _engine.Create(Fifo);
        _limits = new AccountLimits { MessagesMax = 1 };
        Assert.Empty(_engine.Publish(_engine.To(Fifo, group: "g", dedup: "d")).Failures);
        Assert.Empty(_engine.Publish(
            _engine.To(Fifo, group: "g", dedup: "d"), _engine.To(Fifo, group: "g", dedup: "d")).Failures);
        Assert.Single(_engine.Publish(_engine.To(Fifo, group: "g", dedup: "e")).Failures);
        Assert.Equal(1, Use.Messages);
    }

    [Fact]
    public void What_takes_a_messages_place_is_passed_on_though_it_is_larger_and_two_are_not()
    {
        _limits = new AccountLimits { MessagesMax = 1, BytesMax = 4 };
        _engine.Send(Orders, _engine.Entry(body: "body"));
        var receipt = _engine.ReceiveOne(Orders).Receipt;
        var consume = new Consumption(Orders, [receipt]);
        var two = new PublishCommand([_engine.Publication([_engine.To(Other), _engine.To(Orders)])])
        {
            Consume = [consume],
        };
        Assert.Single(_engine.Do(two).Failures);
        var one = new PublishCommand([_engine.Publication([_engine.To(Other)], "a longer body")])
        {
            Consume = [consume],
        };
        Assert.Empty(_engine.Do(one).Failures);
        Assert.Equal((1, 13), (Use.Messages, Use.Bytes));
    }

    [Fact]
    public void Dead_letters_and_moves_go_on_without_room()
    {
        _engine.Create(EngineHarness.Failed);
        _engine.Configure(Orders, new QueueConfigPatch
        {
            Redrive = new(new RedrivePolicy(EngineHarness.Failed, 1)),
        });
        _engine.Send(Orders);
        _limits = new AccountLimits { MessagesMax = 0, BytesMax = 0 };
        _engine.ReceiveOne(Orders, visibility: 1);
        _engine.AdvanceSeconds(2);
        Assert.Empty(_engine.Receive(Orders));
        Assert.Equal(1, _engine.Counters(EngineHarness.Failed).Visible);

        var task = _engine.NewId();
        _engine.Do(new StartMoveTaskCommand(task, EngineHarness.Failed, null, null));
        _engine.AdvanceSeconds(1);
        _engine.Do(new StepMoveTaskCommand(task, [_engine.NewId()]));
        Assert.Equal(1, _engine.Counters(Orders).Visible);
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Orders, _engine.Entry()));
    }

    [Fact]
    public void A_standard_queue_refuses_beyond_the_messages_in_flight_and_a_FIFO_queue_gives_none()
    {
        _engine.Create(Fifo);
        _limits = new AccountLimits { InFlightMax = 2 };
        for (var i = 0; i < 4; i++) _engine.Send(Orders);
        _engine.SendTo(Fifo, "g");
        var leased = _engine.Receive(Orders);
        Assert.Equal(2, leased.Count);
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new ReceiveCommand(Orders, 1, null, null)));
        Assert.Empty(_engine.Receive(Fifo));
        Assert.Equal(2, Use.RefusedFor(AccountUse.InFlightSlot));

        _engine.Delete(Orders, leased[0]);
        _engine.ReceiveOne(Fifo);
        _engine.ChangeVisibility(Orders, leased[1], 0);
        _engine.ReceiveOne(Orders);
        Assert.Equal(2, Use.InFlight);
    }

    [Fact]
    public void A_lease_that_has_ended_in_a_queue_that_nobody_looks_at_does_not_count()
    {
        _limits = new AccountLimits { InFlightMax = 1 };
        _engine.Send(Orders);
        _engine.Send(Other);
        _engine.ReceiveOne(Other, visibility: 5);
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new ReceiveCommand(Orders, 1, null, null)));
        _engine.AdvanceSeconds(6);
        _engine.ReceiveOne(Orders);
    }

    [Fact]
    public void Leases_of_the_broker_are_not_the_accounts_before_and_after_a_restart()
    {
        _limits = new AccountLimits { InFlightMax = 1 };
        _engine.Send(Orders);
        _engine.Send(Orders);
        var brokers = new ReceiveCommand(Orders, 1, TimeSpan.FromSeconds(60), null) { IsForBroker = true };
        Assert.Single(_engine.Do(brokers));
        Assert.Equal((0, 1), (Use.InFlight, _engine.Counters(Orders).InFlight));
        foreach (var fromCheckpoint in (bool[])[true, false])
        {
            _engine.Restart(fromCheckpoint);
            Hold();
            Assert.Equal((0, 1), (Use.InFlight, _engine.Counters(Orders).InFlight));
        }

        _engine.ReceiveOne(Orders);
        Assert.Equal(1, Use.InFlight);
        _engine.AdvanceSeconds(61);
        Assert.Equal(FaultCode.None, _engine.Run(new ReceiveCommand(Orders, 1, null, null)).Fault?.Code ?? 0);
        Assert.Equal(1, Use.InFlight);
    }

    [Fact]
    public void Queues_are_made_up_to_the_limit_and_those_that_are_there_are_answered()
    {
        _limits = new AccountLimits { QueuesMax = 2 };
        var tags = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty;
        var third = new CreateQueueCommand(Fifo, QueueConfigPatch.Empty, tags);
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(third));
        _engine.Create(Other);
        _engine.Do(new DefineCommand([])
        {
            Create = [new InternalQueue(EngineHarness.Named("~push"), QueueConfig.Standard)],
        });
        _engine.Do(new DeleteQueueCommand(Other));
        _engine.Create(Fifo);
        Assert.Equal((2, 1), (Use.Queues, Use.RefusedFor(AccountUse.QueuesSlot)));
    }

    [Fact]
    public void Definitions_are_counted_by_kind_and_an_exchange_needs_no_room()
    {
        _limits = new AccountLimits { Definitions = [new(AccountUse.DefinitionSlots, "bus", true, 2, "rules")] };
        _engine.Do(new DefineCommand([Rule("", "the bus"), Rule("a", "1"), Rule("b", "1")]));
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new DefineCommand([Rule("c", "1")])));
        Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new PublishCommand([]) { Changes = [Rule("c", "1")] }));
        _engine.Do(new DefineCommand([Rule("a", "2")]));
        _engine.Do(new DefineCommand([Rule("a", null), Rule("c", "1")]));
        Assert.Equal((1, 2), (Use.DefinitionsOf("bus", false), Use.DefinitionsOf("bus", true)));

        _engine.Do(new DefineCommand([new DefinitionChange { Scope = Bus }]));
        Assert.Equal((0, 0), (Use.DefinitionsOf("bus", false), Use.DefinitionsOf("bus", true)));
        _engine.Do(new DefineCommand([Rule("d", "1"), Rule("e", "1")]));
        foreach (var fromCheckpoint in (bool[])[true, false])
        {
            _engine.Restart(fromCheckpoint);
            Hold();
            Assert.Equal(2, Use.DefinitionsOf("bus", true));
            Assert.Equal(FaultCode.InFlightLimit, _engine.Refused(new DefineCommand([Rule("f", "1")])));
        }
    }

    [Fact]
    public void Weirs_own_queue_is_held_to_nothing_and_another_account_to_its_own()
    {
        var audit = new QueueName(Orders.Account, "", "~audit");
        _limits = new AccountLimits { MessagesMax = 0 };
        _engine.Do(new DefineCommand([]) { Create = [new InternalQueue(audit, QueueConfig.Standard)] });
        _engine.Send(audit);
        Assert.Equal(0, Use.Messages);
        var foreign = Orders with { Account = "000000000002" };
        _engine.Create(foreign);
        _engine.Send(foreign);
        Assert.Equal(FaultCode.QuotaReached, _engine.SendRefused(Orders, _engine.Entry()));
    }

    [Fact]
    public void An_account_without_anything_is_forgotten()
    {
        _engine.Do(new DeleteQueueCommand(Orders));
        Assert.NotNull(_engine.Shard.UseOf(Orders.Account));
        _engine.Do(new DeleteQueueCommand(Other));
        Assert.Null(_engine.Shard.UseOf(Orders.Account));
    }

    private void Hold() => _engine.Shard.Limit(account => account == Orders.Account ? _limits : null);

    private static DefinitionChange Rule(string item, string? value) => new()
    {
        Scope = Bus, Item = item, Value = value is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(value),
    };
}
