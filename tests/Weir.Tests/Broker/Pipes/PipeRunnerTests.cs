using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Buses;
using Weir.Broker.Messages;
using Weir.Broker.Pipes;
using Weir.Broker.Targets;
using Weir.Engine;
using Xunit;

namespace Weir.Tests.Broker.Pipes;

public sealed class PipeRunnerTests : IAsyncLifetime
{
    private static readonly PipeName Name = new("000000000000", "us-east-1", "p");
    private static readonly QueueName Target = new("000000000000", "us-east-1", "target");
    private static readonly QueueName TargetFifo = new("000000000000", "us-east-1", "target.fifo");

    private readonly TestBroker _broker = new();
    private PipeRunner? _runner;

    [Fact]
    public async Task Messages_go_to_the_target_and_leave_the_source()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        await PutAsync(Pipe());
        Start();

        await _broker.SendAsync(TestBroker.Orders, "1", "2", "3");

        Assert.Equal(["1", "2", "3"], await TakeAsync(Target, 3));
        Assert.Equal(0, await CountAsync(TestBroker.Orders));
    }

    [Fact]
    public async Task What_no_filter_wants_is_taken_from_the_source_and_goes_nowhere()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        await PutAsync(Pipe() with
        {
            Filters = ["""{"body":{"kind":["big"]}}""", """{"body":{"n":[{"numeric":[">",5]}]}}"""],
        });
        Start();

        await _broker.SendAsync(
            TestBroker.Orders, """{"kind":"small"}""", "no json", """{"n":6}""", """{"kind":"big"}""");

        Assert.Equal(["""{"n":6}""", """{"kind":"big"}"""], await TakeAsync(Target, 2));
        Assert.Equal(0, await CountAsync(TestBroker.Orders));
    }

    [Fact]
    public async Task A_template_and_paths_make_what_the_target_gets()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(TargetFifo);
        await PutAsync(Pipe() with
        {
            TargetTemplate = """{"n":<$.body.n>,"pipe":<aws.pipes.pipe-name>}""",
            Target = new Destination { Queue = TargetFifo, GroupId = "$.body.g", DeduplicationId = "$.messageId" },
        });
        Start();

        await _broker.SendAsync(TestBroker.Orders, """{"n":1,"g":"a"}""");

        var message = Assert.Single((await _broker.ReceiveAsync(TargetFifo, wait: Long)).Value);
        Assert.Equal("""{"n":1,"pipe":"p"}""", TestBroker.BodyOf(message));
        Assert.Equal("a", message.Lease.GroupId);
    }

    [Fact]
    public async Task A_bus_gets_an_event()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        var bus = new BusName("000000000000", "us-east-1", BusName.Default);
        var rule = new RuleConfig
        {
            Name = "r", Arn = "r", Pattern = """{"source":["shop"]}""", CreatedBy = bus.Account,
            Targets = [new TargetConfig { Id = "t", Arn = "t", Queue = Target, InputPath = "$.detail.n" }],
        };
        Assert.Null((await new BusDirectory(_broker.Broker).PutRuleAsync(bus, "r", _ => rule)).Fault);
        await PutAsync(Pipe() with
        {
            TargetTemplate = "<$.body>",
            Target = new Destination { Bus = bus, Source = "shop", DetailType = "order" },
        });
        Start();

        await _broker.SendAsync(TestBroker.Orders, """{"n":7}""");

        Assert.Equal(["7"], await TakeAsync(Target, 1));
    }

    [Fact]
    public async Task What_the_target_does_not_take_stays_and_comes_again()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await PutAsync(Pipe());
        Start();
        await _broker.SendAsync(TestBroker.Orders, "1");
        await TroubleAsync();
        await _broker.CreateAsync(Target);

        _broker.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(["1"], await TakeAsync(Target, 1));
        Assert.Equal(0, await CountAsync(TestBroker.Orders));
    }

    [Fact]
    public async Task In_a_group_nothing_overtakes_what_was_refused()
    {
        await _broker.CreateAsync(TestBroker.OrdersFifo);
        await _broker.CreateAsync(Target, QueueConfigPatch.Empty with { MessageBytesMax = 1_024 });
        await _broker.SendAsync(TestBroker.OrdersFifo, "1", new string('2', 2_000), "3");
        await PutAsync(Pipe() with { Source = TestBroker.OrdersFifo });
        Start();

        Assert.Equal(["1"], await TakeAsync(Target, 1));
        await TroubleAsync();

        Assert.Equal(2, await CountAsync(TestBroker.OrdersFifo));
        Assert.Empty((await _broker.ReceiveAsync(Target)).Value);
    }

    [Fact]
    public async Task A_batch_waits_to_be_full_no_longer_than_its_window()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        await PutAsync(Pipe() with { WindowSeconds = 60 });
        Start();
        await _broker.WaitersAsync(1);
        await _broker.SendAsync(TestBroker.Orders, "1");
        for (var waited = 0; waited < 60; waited += 20)
        {
            await _broker.WaitersAsync(1);
            Assert.Empty((await _broker.ReceiveAsync(Target)).Value);
            _broker.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(["1"], await TakeAsync(Target, 1));
    }

    [Fact]
    public async Task Each_message_is_passed_on_once_however_often_the_broker_restarts()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        await PutAsync(Pipe() with { BatchSize = 3 });
        for (var i = 0; i < 30; i++) await _broker.SendAsync(TestBroker.Orders, $"{i}0", $"{i}1");
        for (var restart = 0; restart < 5; restart++)
        {
            Start();
            await TakeNothingUntilAsync(Target, (restart + 1) * 6);
            await _runner!.DisposeAsync();
            await _broker.RestartAsync();
        }

        Start();
        var all = await TakeAsync(Target, 60);

        Assert.Equal(60, all.Distinct().Count());
        Assert.Equal(0, await CountAsync(TestBroker.Orders));
        Assert.Empty((await _broker.ReceiveAsync(Target)).Value);
    }

    [Fact]
    public async Task A_stopped_pipe_passes_nothing_on_until_it_is_started()
    {
        await _broker.CreateAsync(TestBroker.Orders);
        await _broker.CreateAsync(Target);
        var directory = await PutAsync(Pipe());
        Start();
        directory.OnChanged = _runner!.Refresh;
        await _broker.WaitersAsync(1);
        await directory.ConfigureAsync(Name, pipe => pipe with { IsStopped = true });
        await _broker.WaitersAsync(0);
        await _broker.SendAsync(TestBroker.Orders, "1");
        Assert.Empty((await _broker.ReceiveAsync(Target)).Value);

        await directory.ConfigureAsync(Name, pipe => pipe with { IsStopped = false });

        Assert.Equal(["1"], await TakeAsync(Target, 1));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_runner is not null) await _runner.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private static TimeSpan Long => TimeSpan.FromSeconds(20);

    private static PipeConfig Pipe() => new()
    {
        Arn = "pipe", SourceArn = "source", Source = TestBroker.Orders, TargetArn = "target", RoleArn = "role",
        Target = new Destination { Queue = Target }, TargetTemplate = "<$.body>",
    };

    private async Task<PipeDirectory> PutAsync(PipeConfig config)
    {
        var directory = new PipeDirectory(_broker.Broker);
        Assert.Null(config.Check());
        Assert.Null((await directory.CreateAsync(Name, config)).Fault);
        return directory;
    }

    private void Start()
    {
        _runner = new PipeRunner(_broker.Broker, Render, null, NullLogger.Instance);
        _runner.Start();
    }

    private static ValueTask<Outcome<ReadOnlyMemory<byte>>> Render(QueueName queue, ReceivedMessage message)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(TestBroker.BodyOf(message));
        var json = $$"""{"messageId":"{{message.Lease.MessageId}}","body":{{body}}}""";
        return ValueTask.FromResult<Outcome<ReadOnlyMemory<byte>>>(
            new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(json)));
    }

    private async Task<List<string>> TakeAsync(QueueName queue, int count)
    {
        var bodies = new List<string>();
        while (bodies.Count < count)
            bodies.AddRange((await _broker.ReceiveAsync(queue, wait: Long)).Value.Select(TestBroker.BodyOf));
        return bodies;
    }

    private async Task TakeNothingUntilAsync(QueueName queue, long count)
    {
        while (await CountAsync(queue) < count) await Task.Yield();
    }

    private async Task<long> CountAsync(QueueName queue)
    {
        var found = (await _broker.Broker.ExecuteAsync(new Weir.Engine.Commands.GetQueueCommand(queue))).Value;
        return found.Counters.Visible + found.Counters.InFlight + found.Counters.Delayed;
    }

    private async Task TroubleAsync()
    {
        while (_runner!.TroubleOf(Name) is null) await Task.Yield();
    }
}
