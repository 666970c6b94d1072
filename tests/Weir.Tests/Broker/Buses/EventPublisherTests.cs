using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker.Buses;

public sealed class EventPublisherTests
{
    private const string Json = """{"source":"shop","detail":{"n":1}}""";

    [Fact]
    public async Task Equal_contents_are_stored_once()
    {
        await using var broker = new TestBroker();
        await PutRuleAsync(broker, Bus(), "r", To("a"), To("b"), To("c", "1"), To("d", "1"), To("e", "2"));

        var outgoing = new Outgoing("000000000000", broker.Broker.Ids);
        var resolver = new EventResolver(broker.Broker.Definitions, broker.Broker.Ids);
        Assert.Null(resolver.Resolve(Event(broker, Bus()), outgoing));

        var publication = Assert.Single(outgoing.Publications).ToPublication();
        Assert.Equal(3, publication.Contents.Count);
        Assert.Equal([0, 0, 1, 1, 2], publication.Deliveries.Select(delivery => delivery.Content));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task An_event_goes_from_bus_to_bus_five_times(int hops, bool isThere)
    {
        await using var broker = new TestBroker();
        await broker.CreateAsync(TestBroker.Orders);
        await PutChainAsync(broker, hops);
        await PutRuleAsync(broker, Bus(hops), "last", To(TestBroker.Orders.Name));

        await PublishAsync(broker);

        Assert.Equal(isThere ? 1 : 0, (await broker.ReceiveAsync(TestBroker.Orders)).Value.Count);
    }

    [Fact]
    public async Task A_loop_is_cut_and_reported()
    {
        await using var broker = new TestBroker();
        await broker.CreateAsync(TestBroker.Orders);
        await PutChainAsync(broker, 1);
        await PutRuleAsync(broker, Bus(1), "back", new TargetConfig
        {
            Id = "b", Arn = "back", Bus = Bus(), DeadLetterQueue = TestBroker.Orders,
        });

        await PublishAsync(broker);

        var letter = Assert.Single((await broker.ReceiveAsync(TestBroker.Orders)).Value);
        Assert.Equal(Json, TestBroker.BodyOf(letter));
        Assert.Contains(letter.Content.Attributes, attribute =>
            attribute.Name == "ERROR_CODE" && Encoding.UTF8.GetString(attribute.Value.Span) == "LOOP_DETECTED");
    }

    [Fact]
    public async Task An_event_that_would_become_too_much_is_refused_and_not_half_delivered()
    {
        await using var broker = new TestBroker();
        await broker.CreateAsync(TestBroker.Orders);
        for (var i = 0; i < 50; i++)
        {
            var input = new string('1', 90_000) + i;
            await PutRuleAsync(broker, Bus(), $"r{i}", To(TestBroker.Orders.Name, input));
        }

        var fault = await new EventPublisher(broker.Broker, NullLogger.Instance)
            .PublishAsync([Event(broker, Bus())]);

        Assert.Equal(FaultCode.InFlightLimit, Assert.Single(fault)!.Code);
        Assert.Empty((await broker.ReceiveAsync(TestBroker.Orders)).Value);
    }

    [Fact]
    public async Task Rules_and_what_they_delivered_are_there_after_a_restart()
    {
        await using var broker = new TestBroker();
        await broker.CreateAsync(TestBroker.Orders);
        await PutRuleAsync(broker, Bus(), "r", To(TestBroker.Orders.Name) with
        {
            Transformer = new TransformerConfig { Template = """{"rule":<aws.events.rule-name>}""" },
        });
        await PublishAsync(broker);
        await broker.RestartAsync();
        await PublishAsync(broker);

        var messages = (await broker.ReceiveAsync(TestBroker.Orders)).Value;
        Assert.Equal(["""{"rule":"r"}""", """{"rule":"r"}"""], messages.Select(TestBroker.BodyOf));
    }

    private static BusName Bus(int number = 0) =>
        new("000000000000", "us-east-1", number == 0 ? BusName.Default : $"bus{number}");

    private static TargetConfig To(string queue, string? input = null) => new()
    {
        Id = queue, Arn = queue, Queue = new QueueName("000000000000", "us-east-1", queue), Input = input,
    };

    /// <summary>A rule on each bus but the last that sends all to the next.</summary>
    private static async Task PutChainAsync(TestBroker broker, int hops)
    {
        var directory = new BusDirectory(broker.Broker);
        for (var i = 1; i <= hops; i++)
        {
            Assert.Null((await directory.CreateAsync(Bus(i), new BusConfig())).Fault);
            await PutRuleAsync(broker, Bus(i - 1), "next", new TargetConfig { Id = "n", Arn = "next", Bus = Bus(i) });
        }
    }

    private static async Task PutRuleAsync(TestBroker broker, BusName bus, string name, params TargetConfig[] targets)
    {
        var rule = new RuleConfig
        {
            Name = name, Arn = name, Pattern = """{"source":["shop"]}""", CreatedBy = bus.Account, Targets = targets,
        };
        Assert.Null((await new BusDirectory(broker.Broker).PutRuleAsync(bus, name, _ => rule)).Fault);
    }

    private static BusEvent Event(TestBroker broker, BusName bus) => new()
    {
        Id = broker.Broker.Ids.NewId(),
        Bus = bus,
        Json = Encoding.UTF8.GetBytes(Json),
        TakenInAt = broker.Time.GetUtcNow(),
    };

    private static async Task PublishAsync(TestBroker broker) => Assert.Null(Assert.Single(
        await new EventPublisher(broker.Broker, NullLogger.Instance).PublishAsync([Event(broker, Bus())])));
}
