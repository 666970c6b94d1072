using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;

namespace Weir.Tests.Engine.Commands;

public sealed class PublishCommandTests
{
    private static readonly QueueName Billing = EngineHarness.Named("billing");
    private static readonly QueueName Sequencer = EngineHarness.Named("~topic-t.fifo");

    private readonly EngineHarness _engine = new();

    [Fact]
    public void Every_queue_gets_the_message_and_the_log_gets_its_content_once()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(Billing);
        var body = new string('x', 1000);
        var deliveries = new[] { _engine.To(EngineHarness.Orders, via: PublishScene.Via), _engine.To(Billing) };

        _engine.Do(new PublishCommand([_engine.Publication(deliveries, body)]));

        Assert.InRange(_engine.Frames[^1].Records.Length, 1000, 1300);
        var (order, bill) = (_engine.ReceiveOne(EngineHarness.Orders), _engine.ReceiveOne(Billing));
        Assert.Equal(order.Payload, bill.Payload);
        Assert.Equal(body, _engine.Body(bill.Payload));
        Assert.Equal((PublishScene.Via, Guid.Empty), (order.Via, bill.Via));
        Assert.Equal((deliveries[0].MessageId, deliveries[1].MessageId), (order.MessageId, bill.MessageId));
    }

    [Fact]
    public void Each_content_goes_to_the_queues_that_it_is_for()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(Billing);
        _engine.Do(new PublishCommand([_engine.Publication(
            [_engine.To(EngineHarness.Orders, content: 1), _engine.To(Billing)], "plain", "made of it")]));

        Assert.Equal("made of it", _engine.Body(_engine.ReceiveOne(EngineHarness.Orders).Payload));
        Assert.Equal("plain", _engine.Body(_engine.ReceiveOne(Billing).Payload));
    }

    [Fact]
    public void A_queue_that_is_named_twice_gets_two_messages()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Publish(_engine.To(EngineHarness.Orders), _engine.To(EngineHarness.Orders));
        Assert.Equal([1, 2], _engine.Receive(EngineHarness.Orders).Select(message => message.Sequence));
    }

    [Fact]
    public void Nothing_is_done_when_one_queue_is_not_there()
    {
        _engine.Create(EngineHarness.Orders);
        var result = _engine.Publish(_engine.To(EngineHarness.Orders), _engine.To(Billing));

        var failure = Assert.Single(result.Failures);
        Assert.Equal((0, 1, FaultCode.QueueNotFound), (failure.Publication, failure.Delivery, failure.Reason.Code));
        Assert.Empty(result.Published);
        Assert.Equal(0, _engine.Frames[^1].RecordCount);
        Assert.Empty(_engine.Receive(EngineHarness.Orders));
    }

    [Fact]
    public void Nothing_is_done_when_a_message_is_longer_than_a_queue_takes()
    {
        _engine.Create(EngineHarness.Orders, new QueueConfigPatch { MessageBytesMax = 1024 });
        var publication = _engine.Publication([_engine.To(EngineHarness.Orders)], new string('x', 1025));
        var result = _engine.Do(new PublishCommand([publication]));
        Assert.Equal(FaultCode.MessageTooLong, Assert.Single(result.Failures).Reason.Code);
        Assert.Equal(0, _engine.Counters(EngineHarness.Orders).Visible);
    }

    [Fact]
    public void A_fifo_queue_needs_both_ids()
    {
        _engine.Create(EngineHarness.Fifo);
        foreach (var (group, dedup) in new (string?, string?)[] { ("g", null), (null, "d") })
        {
            var result = _engine.Publish(_engine.To(EngineHarness.Fifo, group: group, dedup: dedup));
            Assert.Equal(FaultCode.InvalidValue, Assert.Single(result.Failures).Reason.Code);
        }
    }

    [Fact]
    public void A_fifo_queue_takes_the_same_id_once()
    {
        _engine.Create(EngineHarness.Fifo);
        _engine.Publish(
            _engine.To(EngineHarness.Fifo, group: "g", dedup: "d"),
            _engine.To(EngineHarness.Fifo, group: "g", dedup: "d"));
        _engine.Publish(_engine.To(EngineHarness.Fifo, group: "g", dedup: "d"));
        Assert.Single(_engine.Receive(EngineHarness.Fifo));

        _engine.Publish(_engine.To(EngineHarness.Fifo, group: "h", dedup: "e"));
        Assert.Equal(2, Assert.Single(_engine.Receive(EngineHarness.Fifo)).Sequence);
    }

    [Fact]
    public void A_queues_own_delay_holds_for_what_is_published_to_it()
    {
        _engine.Create(EngineHarness.Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(5) });
        _engine.Publish(_engine.To(EngineHarness.Orders));
        Assert.Empty(_engine.Receive(EngineHarness.Orders));
        _engine.AdvanceSeconds(5);
        Assert.Single(_engine.Receive(EngineHarness.Orders));
    }

    [Fact]
    public void A_sequencer_numbers_what_it_does_not_hold_and_knows_repetitions()
    {
        CreateSequencer();
        _engine.Create(EngineHarness.Fifo);
        var first = Sequenced("g", "1");
        var again = Sequenced("g", "1");
        var second = Sequenced("g", "2");

        Assert.Equal((1, false), (first.Sequence, first.IsDuplicate));
        Assert.Equal((first.MessageId, 1, true), (again.MessageId, again.Sequence, again.IsDuplicate));
        Assert.Equal((2, false), (second.Sequence, second.IsDuplicate));
        Assert.Equal(0, _engine.Counters(Sequencer).Visible);
        Assert.Equal(2, _engine.Counters(EngineHarness.Fifo).Visible);

        _engine.Advance(TimeSpan.FromMinutes(5));
        Assert.False(Sequenced("g", "1").IsDuplicate);
    }

    [Fact]
    public void What_is_consumed_goes_with_the_publication()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(Billing);
        _engine.Send(EngineHarness.Orders);
        var lease = _engine.ReceiveOne(EngineHarness.Orders, visibility: 10);

        _engine.Do(Forward(lease));

        Assert.Equal(new QueueCounters(0, 0, 0), _engine.Counters(EngineHarness.Orders));
        Assert.Single(_engine.Receive(Billing));
        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.Refused(Forward(lease)));
    }

    [Fact]
    public void Nothing_is_published_when_the_lease_has_ended()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(Billing);
        _engine.Send(EngineHarness.Orders);
        var lease = _engine.ReceiveOne(EngineHarness.Orders, visibility: 10);
        _engine.AdvanceSeconds(10);

        Assert.Equal(FaultCode.ReceiptHandleInvalid, _engine.Refused(Forward(lease)));
        Assert.Empty(_engine.Receive(Billing));
        Assert.Equal(1, _engine.Counters(EngineHarness.Orders).Visible);
    }

    [Fact]
    public void A_definition_changes_with_the_publication_or_neither_does()
    {
        _engine.Create(EngineHarness.Orders);
        var scope = new ScopeName("schedule", "000000000001", "eu-west-1", "default");
        var fired = new DefinitionChange
        {
            Scope = scope, Item = "nightly", Value = new byte[] { 1 }, ExpectedRevision = 0,
        };
        PublishCommand Fire() => new([_engine.Publication([_engine.To(EngineHarness.Orders)])]) { Changes = [fired] };

        _engine.Do(Fire());
        Assert.Equal(FaultCode.ConfigChanged, _engine.Refused(Fire()));

        Assert.Equal(1, _engine.Counters(EngineHarness.Orders).Visible);
        Assert.NotNull(_engine.Shard.Definitions.Find(scope, "nightly"));
    }

    [Fact]
    public void Replay_gives_the_same_state()
    {
        CreateSequencer();
        _engine.Create(EngineHarness.Orders);
        _engine.Create(EngineHarness.Fifo);
        for (var i = 0; i < 12; i++)
        {
            _engine.Publish(_engine.To(EngineHarness.Orders, via: PublishScene.Via));
            Sequenced("g", $"{i / 2}");
        }

        _ = _engine.Receive(EngineHarness.Orders, max: 3);
        var checkpoint = _engine.Checkpoint();
        Assert.Equal(checkpoint, EngineHarness.Checkpoint(_engine.Recover()));
        Assert.Equal(checkpoint, EngineHarness.Checkpoint(_engine.Recover(checkpoint, _engine.Frames.Count)));
        _engine.Restart(fromCheckpoint: true);
        var rest = _engine.Receive(EngineHarness.Orders);
        Assert.Equal(9, rest.Count);
        Assert.All(rest, message => Assert.Equal(PublishScene.Via, message.Via));
    }

    [Fact]
    public void A_dead_letter_keeps_the_way_that_it_came()
    {
        _engine.Create(EngineHarness.Failed);
        _engine.Create(EngineHarness.Orders, new QueueConfigPatch
        {
            Redrive = new(new RedrivePolicy(EngineHarness.Failed, 1)),
        });
        _engine.Publish(_engine.To(EngineHarness.Orders, via: PublishScene.Via));
        _ = _engine.Receive(EngineHarness.Orders, visibility: 0);
        Assert.Empty(_engine.Receive(EngineHarness.Orders));
        Assert.Equal(PublishScene.Via, _engine.ReceiveOne(EngineHarness.Failed).Via);
    }

    [Fact]
    public void Compaction_moves_what_queues_share()
    {
        _engine.Create(EngineHarness.Orders);
        _engine.Create(Billing);
        var body = new string('y', 900);
        for (var i = 0; i < 10; i++)
        {
            _engine.Do(new PublishCommand([_engine.Publication(
                [_engine.To(EngineHarness.Orders), _engine.To(Billing)], $"{i}{body}")]));
        }

        _engine.Compact(segments: 3);
        _engine.Compact(segments: 3);
        _engine.Restart(fromCheckpoint: false);
        foreach (var queue in new[] { EngineHarness.Orders, Billing })
        {
            var bodies = _engine.Receive(queue).Select(message => _engine.Body(message.Payload));
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}{body}"), bodies);
        }
    }

    private void CreateSequencer() => _engine.Do(new DefineCommand([])
    {
        Create = [new InternalQueue(Sequencer, QueueConfig.Fifo)],
    });

    private Published Sequenced(string group, string dedup)
    {
        var publication = _engine.Publication([_engine.To(EngineHarness.Fifo, group: group, dedup: dedup)]) with
        {
            Sequencer = Sequencer, GroupId = group, DeduplicationId = dedup,
        };
        return Assert.Single(_engine.Do(new PublishCommand([publication])).Published);
    }

    private PublishCommand Forward(LeasedMessage lease) => new([_engine.Publication([_engine.To(Billing)])])
    {
        Consume = [new Consumption(EngineHarness.Orders, [lease.Receipt])],
    };
}
