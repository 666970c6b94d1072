using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class FindMessageCommandTests
{
    private static readonly QueueName Orders = EngineHarness.Orders;

    private readonly EngineHarness _engine = new(EngineHarness.Options(options => options with { DeparturesMax = 3 }));

    public FindMessageCommandTests() => _engine.Create(Orders);

    [Fact]
    public void A_message_waits_is_received_and_is_deleted()
    {
        _engine.Send(Orders);
        Assert.Equal((MessagePhase.Waiting, 0), Find(1));
        var lease = _engine.ReceiveOne(Orders, visibility: 10);
        Assert.Equal((MessagePhase.Received, 1), Find(1));
        _engine.AdvanceSeconds(11);
        Assert.Equal((MessagePhase.Received, 1), Find(1));
        lease = _engine.ReceiveOne(Orders, visibility: 10);
        _engine.Delete(Orders, lease);
        Assert.Equal((MessagePhase.Deleted, 0), Find(1));
    }

    [Fact]
    public void A_message_is_found_wherever_a_deep_backlog_keeps_it()
    {
        for (var i = 1; i <= 20; i++)
        {
            // Every fifth is not in line, so that runs have gaps.
            _engine.Send(Orders, _engine.Entry(delay: i % 5 == 0 ? TimeSpan.FromSeconds(60) : null));
        }

        Assert.All(Enumerable.Range(1, 20), sequence => Assert.Equal((MessagePhase.Waiting, 0), Find(sequence)));
        _engine.AdvanceSeconds(61);
        foreach (var message in _engine.Receive(Orders, max: 10)) _engine.Delete(Orders, message);
        Assert.Equal((MessagePhase.Deleted, 0), Find(1));
        Assert.Equal((MessagePhase.Deleted, 0), Find(10));
        Assert.Equal((MessagePhase.Waiting, 0), Find(20));
    }

    [Fact]
    public void A_dead_letter_tells_where_it_went()
    {
        _engine.Create(EngineHarness.Failed);
        _engine.Configure(Orders, new QueueConfigPatch
        {
            Redrive = new(new RedrivePolicy(EngineHarness.Failed, 1)),
        });
        _engine.Send(Orders);
        _ = _engine.ReceiveOne(Orders, visibility: 1);
        _engine.AdvanceSeconds(2);
        Assert.Empty(_engine.Receive(Orders));

        var standing = _engine.Do(Command(1));
        Assert.Equal((MessagePhase.DeadLettered, EngineHarness.Failed), (standing.Phase, standing.MovedToQueue));
        var there = _engine.Do(new FindMessageCommand(Orders.Account, standing.MovedTo!.Value));
        Assert.Equal((EngineHarness.Failed, MessagePhase.Waiting), (there.Queue!, there.Phase));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_expires_or_is_purged_is_told_from_what_was_deleted(bool isPurge)
    {
        for (var i = 1; i <= 8; i++) _engine.Send(Orders);
        var first = _engine.Receive(Orders, max: 2);
        _engine.Delete(Orders, first[1]);
        if (isPurge) _engine.Do(new PurgeQueueCommand(Orders));
        else _engine.Advance(TimeSpan.FromDays(5));

        var phase = isPurge ? MessagePhase.Purged : MessagePhase.Expired;
        Assert.All([6, 7, 8], sequence => Assert.Equal((phase, 0), Find(sequence)));
        Assert.All([1, 2, 5], sequence => Assert.Equal((MessagePhase.Ended, 0), Find(sequence)));
        _engine.Restart(fromCheckpoint: true);
        Assert.Equal((phase, 0), Find(7));
        _engine.Restart(fromCheckpoint: false);
        Assert.Equal((phase, 0), Find(7));
        Assert.Equal((MessagePhase.Ended, 0), Find(5));
    }

    [Fact]
    public void What_is_given_up_is_told_from_what_was_passed_on()
    {
        _engine.Send(Orders);
        _engine.Send(Orders);
        var leases = _engine.Receive(Orders);
        _engine.Do(new PublishCommand([])
        {
            Consume =
            [
                new Consumption(Orders, [leases[0].Receipt]) { IsGivenUp = true },
                new Consumption(Orders, [leases[1].Receipt]),
            ],
        });
        Assert.Equal((MessagePhase.GivenUp, 0), Find(1));
        Assert.Equal((MessagePhase.Deleted, 0), Find(2));
        _engine.Restart(fromCheckpoint: false);
        Assert.Equal((MessagePhase.GivenUp, 0), Find(1));
    }

    [Fact]
    public void A_message_of_a_queue_that_is_gone_went_with_it()
    {
        _engine.Send(Orders);
        _engine.Do(new DeleteQueueCommand(Orders));
        _engine.Create(Orders);
        Assert.Equal((MessagePhase.QueueDeleted, 0), Find(1));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    public void What_was_never_put_is_not_found(long queue, long sequence)
    {
        _engine.Send(Orders);
        var command = new FindMessageCommand(Orders.Account, new MessagePlace(queue, sequence));
        Assert.Equal(FaultCode.ResourceNotFound, _engine.Refused(command));
    }

    [Fact]
    public void Another_account_finds_nothing()
    {
        _engine.Send(Orders);
        Assert.Equal(
            FaultCode.ResourceNotFound,
            _engine.Refused(new FindMessageCommand("000000000002", new MessagePlace(1, 1))));
    }

    private static FindMessageCommand Command(long sequence) =>
        new(Orders.Account, new MessagePlace(1, sequence));

    private (MessagePhase Phase, int Receives) Find(long sequence)
    {
        var standing = _engine.Do(Command(sequence));
        return (standing.Phase, standing.ReceiveCount);
    }
}
