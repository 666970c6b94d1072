using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Engine.EngineHarness;

namespace Weir.Tests.Engine.Commands;

public sealed class SendCommandTests
{
    private readonly EngineHarness _engine = new();

    [Fact]
    public void Sequences_rise_and_the_id_is_the_senders()
    {
        _engine.Create(Orders);
        var entry = _engine.Entry();
        var first = _engine.Send(Orders, entry);
        var second = _engine.Send(Orders);

        Assert.Equal(entry.MessageId, first.MessageId);
        Assert.True(second.Sequence > first.Sequence);
        Assert.Equal(new QueueCounters(2, 0, 0), _engine.Counters(Orders));
    }

    [Fact]
    public void A_batch_takes_each_message_for_itself()
    {
        _engine.Create(Orders, new QueueConfigPatch { MessageBytesMax = 1024 });
        var outcomes = _engine.Do(new SendCommand(
            Orders, [_engine.Entry(), _engine.Entry(bytes: 1025), _engine.Entry(bytes: 1024)]));

        Assert.Equal([null, FaultCode.MessageTooLong, null], outcomes.Select(outcome => outcome.Fault?.Code));
        Assert.Equal(2, _engine.Counters(Orders).Visible);
    }

    [Fact]
    public void Deduplication_ids_are_bounded_and_forgotten_after_five_minutes()
    {
        var engine = new EngineHarness(EngineHarness.Options(small => small with { DeduplicationIdsMax = 2 }));
        engine.Create(Fifo);
        engine.SendTo(Fifo, "a");
        engine.SendTo(Fifo, "a");

        Assert.Equal(FaultCode.Overloaded, engine.SendRefused(Fifo, engine.Entry("a", dedup: "third")));
        engine.AdvanceSeconds(300);
        engine.SendTo(Fifo, "a");
        Assert.Equal(3, engine.Counters(Fifo).Visible);
    }

    [Fact]
    public void A_queue_that_is_not_there_takes_nothing() =>
        Assert.Equal(FaultCode.QueueNotFound, _engine.Refused(new SendCommand(Orders, [_engine.Entry()])));

    [Fact]
    public void A_message_with_a_delay_waits_for_its_end()
    {
        _engine.Create(Orders, new QueueConfigPatch { Delay = TimeSpan.FromSeconds(5) });
        _engine.Send(Orders);
        var sooner = _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(2)));
        var now = _engine.Send(Orders, _engine.Entry(delay: TimeSpan.Zero));

        Assert.Equal(new QueueCounters(1, 0, 2), _engine.Counters(Orders));
        Assert.Equal(now.MessageId, _engine.ReceiveOne(Orders).MessageId);
        _engine.AdvanceSeconds(1.999);
        Assert.Empty(_engine.Receive(Orders));
        _engine.AdvanceSeconds(0.001);
        Assert.Equal(sooner.MessageId, _engine.ReceiveOne(Orders).MessageId);
    }

    [Fact]
    public void A_delayed_message_keeps_its_place_by_the_time_of_sending()
    {
        _engine.Create(Orders);
        var delayed = _engine.Send(Orders, _engine.Entry(delay: TimeSpan.FromSeconds(1)));
        _engine.Send(Orders);
        _engine.AdvanceSeconds(1);

        Assert.Equal(delayed.MessageId, _engine.ReceiveOne(Orders).MessageId);
    }

    [Fact]
    public void A_standard_queue_refuses_a_deduplication_id() =>
        Assert.Equal(FaultCode.InvalidValue, RefusedBy(Orders, _engine.Entry("group", "id")));

    [Fact]
    public void A_fifo_queue_refuses_a_message_without_a_group() =>
        Assert.Equal(FaultCode.InvalidValue, RefusedBy(Fifo, _engine.Entry(dedup: "id")));

    [Fact]
    public void A_fifo_queue_refuses_a_message_without_a_deduplication_id() =>
        Assert.Equal(FaultCode.InvalidValue, RefusedBy(Fifo, _engine.Entry("group")));

    [Fact]
    public void A_fifo_queue_refuses_a_delay_of_one_message() =>
        Assert.Equal(FaultCode.InvalidValue, RefusedBy(Fifo, _engine.Entry("group", "id", TimeSpan.FromSeconds(1))));

    [Fact]
    public void A_duplicate_is_answered_as_the_first_and_not_delivered()
    {
        _engine.Create(Fifo);
        var first = _engine.Send(Fifo, _engine.Entry("group", "id"));
        _engine.Delete(Fifo, _engine.ReceiveOne(Fifo));
        _engine.AdvanceSeconds(299.999);

        Assert.Equal(first, _engine.Send(Fifo, _engine.Entry("another group", "id")));
        Assert.Empty(_engine.Receive(Fifo));
        _engine.AdvanceSeconds(0.001);
        Assert.NotEqual(first, _engine.Send(Fifo, _engine.Entry("group", "id")));
        Assert.Single(_engine.Receive(Fifo));
    }

    [Fact]
    public void With_the_scope_of_a_group_the_same_id_counts_for_each_group()
    {
        _engine.Create(Fifo, new QueueConfigPatch { DeduplicationScope = DeduplicationScope.MessageGroup });
        _engine.Send(Fifo, _engine.Entry("a", "id"));
        _engine.Send(Fifo, _engine.Entry("b", "id"));
        _engine.Send(Fifo, _engine.Entry("a", "id"));

        Assert.Equal(2, _engine.Counters(Fifo).Visible);
    }

    [Fact]
    public void The_content_stands_in_for_the_id_only_where_the_queue_says_so()
    {
        _engine.Create(Fifo, new QueueConfigPatch { ContentBasedDeduplication = true });
        var entry = _engine.Entry("a") with { ContentDeduplicationId = "hash" };
        var first = _engine.Send(Fifo, entry);
        Assert.Equal(first, _engine.Send(Fifo, entry with { MessageId = _engine.NewId() }));
        var other = _engine.Send(Fifo, entry with { MessageId = _engine.NewId(), DeduplicationId = "id" });
        Assert.NotEqual(first, other);

        Assert.Equal(["hash", "id"], _engine.Receive(Fifo).Select(message => message.DeduplicationId));
        Assert.Equal(FaultCode.InvalidValue, RefusedBy(FailedFifo, entry));
    }

    [Fact]
    public void The_content_lies_in_the_frame_where_its_reference_says()
    {
        _engine.Create(Orders);
        _engine.Send(Orders, _engine.Entry("group", body: "What is sent, ümläuts and all"));
        var message = _engine.ReceiveOne(Orders);

        var frame = Assert.Single(_engine.Frames, frame => frame.Offset <= message.Payload.Offset
            && message.Payload.Offset < frame.Offset + frame.Records.Length
            && frame.Segment == message.Payload.Segment);
        var stored = frame.Records.AsMemory(
            (int)(message.Payload.Offset - frame.Offset), Payload.StoredLength(message.Payload.Length));
        Assert.True(Payload.TryRead(stored, out var content));
        Assert.Equal("What is sent, ümläuts and all"u8, content.Span);
    }

    private FaultCode RefusedBy(QueueName name, SendEntry entry)
    {
        _engine.Create(name);
        return _engine.SendRefused(name, entry);
    }
}
