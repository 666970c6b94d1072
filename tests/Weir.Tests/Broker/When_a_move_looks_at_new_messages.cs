using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker;
using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Journal;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Broker;

public sealed class When_a_move_looks_at_new_messages
{
    private static readonly QueueName Again = TestBroker.Orders with { Name = "again" };

    [Fact]
    public async Task It_finds_those_that_are_not_on_the_disk_yet()
    {
        var options = new BrokerOptions
        {
            Journal = new JournalOptions
            {
                Directory = "data", Writer = JournalWriter.Inline, SegmentBytes = 4 << 20, FrameBytesMax = 1 << 20,
                ReserveBytes = 0,
            },
        };
        var time = new FakeTimeProvider();
        await using var broker = new Weir.Broker.Broker(
            options, time, IdSource.FromSeed(1), new SimulatedDisk(1), NullLogger<Weir.Broker.Broker>.Instance);
        foreach (var name in (QueueName[])[TestBroker.Orders, Again])
        {
            var created = broker.ExecuteAsync(new CreateQueueCommand(
                name, QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty));
            broker.Step();
            Assert.True((await created).IsOk);
        }

        time.Advance(TimeSpan.FromSeconds(1));

        // All in one frame: what is sent, the move, and its first look.
        var sent = broker.ExecuteAsync(new SendCommand(TestBroker.Orders, [Entry(broker, "wanted")]));
        var started = broker.ExecuteAsync(
            new StartMoveTaskCommand(broker.Ids.NewId(), TestBroker.Orders, Again, ratePerSecond: null)
            {
                IsAnySource = true, Filter = """{"body":["wanted"]}""",
            });
        broker.Step();
        Assert.True((await sent).IsOk && (await started).IsOk);
        Assert.False(broker.Failed.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));
        broker.Step();
        var received = broker.ExecuteAsync(new GetQueueCommand(Again));
        broker.Step();
        Assert.Equal(1, (await received).Value.Counters.Visible);
    }

    private static SendEntry Entry(Weir.Broker.Broker broker, string body) => new()
    {
        MessageId = broker.Ids.NewId(),
        Payload = new MessageContent { Body = Encoding.UTF8.GetBytes(body) }.Encode(),
        ContentBytes = body.Length,
    };
}
