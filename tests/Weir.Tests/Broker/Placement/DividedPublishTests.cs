using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker.Placement;

/// <summary>Publishes to tenants of which one has a shard of its own.</summary>
public sealed class DividedPublishTests
{
    private const string Shop = "111122223333";

    private static readonly QueueName Tasks = new(Shop, "us-east-1", "tasks");
    private static readonly QueueName TasksFifo = new(Shop, "us-east-1", "tasks.fifo");
    private static readonly QueueName Missing = new(Shop, "us-east-1", "missing");
    private static readonly QueueName Sequencer = new("000000000000", "us-east-1", "~topic.fifo");

    private static readonly DefinitionChange Change = new()
    {
        Scope = new ScopeName("topic", "000000000000", "us-east-1", "news"), Item = "x", Value = new byte[] { 1 },
        ExpectedRevision = 0,
    };

    [Fact]
    public async Task All_queues_get_it()
    {
        await using var test = await StartAsync();
        var outcome = await PublishAsync(test, Message(test, Orders, Tasks));
        Assert.True(outcome.IsOk);
        Assert.Empty(outcome.Value.Failures);
        Assert.Single(outcome.Value.Published);
        await test.RestartAsync();
        foreach (var queue in (QueueName[])[Orders, Tasks])
            Assert.Equal("hello", BodyOf(Assert.Single((await test.ReceiveAsync(queue)).Value)));
    }

    [Fact]
    public async Task What_a_queue_does_not_take_is_told_and_nothing_is_done()
    {
        await using var test = await StartAsync();
        var outcome = await PublishAsync(
            test, Message(test, Orders), Message(test, Orders, Missing, Tasks));
        var failure = Assert.Single(outcome.Value!.Failures);
        Assert.Equal((1, 1, FaultCode.QueueNotFound), (failure.Publication, failure.Delivery, failure.Reason.Code));
        Assert.Equal(0, test.Broker.Figures.Messages);
    }

    [Fact]
    public async Task What_is_consumed_goes_with_it_and_a_lease_that_ended_keeps_all_back()
    {
        await using var test = await StartAsync();
        await test.SendAsync(Orders, "first");
        var leased = Assert.Single((await test.ReceiveAsync(Orders)).Value).Lease.Receipt;
        for (var i = 0; i < 2; i++)
        {
            var outcome = await test.Broker.ExecuteAsync(new PublishCommand([Message(test, Tasks)])
            {
                Consume = [new Consumption(Orders, [leased])],
            });
            Assert.Equal(i == 0, outcome.IsOk);
            Assert.Equal(1, test.Broker.Figures.Messages);
        }
    }

    [Fact]
    public async Task Definitions_are_changed_with_it_once()
    {
        await using var test = await StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var outcome = await test.Broker.ExecuteAsync(new PublishCommand([Message(test, Tasks)])
            {
                Changes = [Change],
            });
            Assert.Equal(i == 0 ? null : FaultCode.ConfigChanged, outcome.Fault?.Code);
        }

        Assert.Equal(1, test.Broker.Figures.Messages);
        Assert.NotNull(test.Broker.Definitions.Find(Change.Scope, "x"));
    }

    [Fact]
    public async Task The_note_tells_the_places_in_the_shard_of_whoever_asked()
    {
        await using var test = await StartAsync();
        var outcome = await test.Broker.ExecuteAsync(
            new PublishCommand([Message(test, Tasks), Message(test, Orders, Tasks)]) { Note = Change });
        Assert.True(outcome.IsOk, outcome.Fault?.Message);
        var noted = PlacesFormat.Read(test.Broker.Definitions.Find(Change.Scope, "x")!.Value.Span[1..]);
        Assert.Equal([0, 1], noted.Select(one => one.Places.Count));
        Assert.Equal(outcome.Value.Published.Select(one => one.MessageId), noted.Select(one => one.MessageId));
        Assert.Equal([0, 1], outcome.Value.Published.Select(one => one.Places.Count));
    }

    [Fact]
    public async Task A_sequencer_numbers_it_for_all_and_fifo_queues_know_a_repetition()
    {
        await using var test = await StartAsync();
        await test.CreateAsync(Sequencer);
        await test.CreateAsync(TasksFifo);
        await test.CreateAsync(OrdersFifo);
        for (var i = 0; i < 2; i++)
        {
            var outcome = await PublishAsync(test, Message(test, OrdersFifo, TasksFifo) with
            {
                Sequencer = Sequencer, GroupId = "g", DeduplicationId = "d",
            });
            Assert.Equal((1, i == 1), (outcome.Value!.Published[0].Sequence, outcome.Value.Published[0].IsDuplicate));
        }

        Assert.Equal(2, test.Broker.Figures.Messages);
        Assert.Single((await test.ReceiveAsync(TasksFifo)).Value);
        Assert.Single((await test.ReceiveAsync(OrdersFifo)).Value);
    }

    [Fact]
    public async Task Changes_of_several_tenants_are_made_and_what_needs_one_shard_is_refused()
    {
        await using var test = await StartAsync();
        var own = Change with { Scope = Change.Scope with { Account = Shop } };
        Assert.True((await test.Broker.ExecuteAsync(new DefineCommand([Change, own]))).IsOk);
        Assert.NotNull(test.Broker.Definitions.Find(own.Scope, "x"));
        var read = await test.Broker.ReadDefinitionsAsync();
        Assert.Equal(
            ["topic:000000000000/us-east-1/news", "topic:111122223333/us-east-1/news"],
            read.Value!.Scopes.Where(scope => scope.Name.Kind == "topic").Select(scope => $"{scope.Name}"));
        var move = await test.Broker.ExecuteAsync(
            new StartMoveTaskCommand(Guid.NewGuid(), Orders, Tasks, null) { IsAnySource = true });
        Assert.Equal(FaultCode.Unsupported, move.Fault!.Code);
    }

    private static async Task<TestBroker> StartAsync()
    {
        var test = new TestBroker();
        await test.CreateAsync(Orders);
        await test.CreateAsync(Tasks);
        Assert.True((await test.Broker.Placements.MoveAsync(Shop, toSilo: true)).IsOk);
        return test;
    }

    private static ValueTask<Outcome<PublishResult>> PublishAsync(TestBroker test, params Publication[] publications) =>
        test.Broker.ExecuteAsync(new PublishCommand(publications));

    private static Publication Message(TestBroker test, params QueueName[] queues) => new()
    {
        MessageId = test.Broker.Ids.NewId(),
        Contents = [new PublishedContent(new MessageContent { Body = "hello"u8.ToArray() }.Encode(), 5)],
        Deliveries =
        [
            .. queues.Select(queue => new Weir.Engine.Delivery
            {
                Queue = queue,
                MessageId = test.Broker.Ids.NewId(),
                GroupId = queue.HasFifoSuffix ? "g" : null,
                DeduplicationId = queue.HasFifoSuffix ? "d" : null,
            }),
        ],
    };
}
