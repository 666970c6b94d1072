using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Broker.Archives;
using Weir.Broker.Buses;
using Weir.Broker.Forwarding;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;

namespace Weir.Tests.Broker.Archives;

public sealed class ReplayLoopTests
{
    /// <summary>Of which a replay publishes a hundred at a time.</summary>
    private const int Events = 250;

    private static readonly BusName Bus = new("000000000000", "us-east-1", BusName.Default);

    [Fact]
    public async Task A_replay_goes_on_where_it_was_when_the_broker_comes_back()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        var half = LoopOf(broker);
        for (var pages = 0; pages < 2; pages++) Assert.Equal(ReplayStep.GoesOn, await half.StepAsync());
        Assert.Equal((ReplayState.Running, 200), (await StateAsync(broker), (await CountersAsync(broker)).Visible));

        await broker.RestartAsync();
        await RunAsync(broker);

        Assert.Equal(ReplayState.Completed, await StateAsync(broker));
        Assert.Equal(Enumerable.Range(0, Events), await ReceiveAllAsync(broker));
    }

    [Fact]
    public async Task A_replay_that_was_cancelled_publishes_nothing_more()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        await LoopOf(broker).StepAsync();
        Assert.Null((await new ReplayDirectory(broker.Broker).CancelAsync(Bus.Account, Bus.Region, "r")).Fault);
        await RunAsync(broker);

        Assert.Equal(ReplayState.Cancelled, await StateAsync(broker));
        Assert.Equal(Enumerable.Range(0, ReplayLoop.PageMessagesMax), await ReceiveAllAsync(broker));
    }

    [Fact]
    public async Task A_page_that_a_cancel_overtook_is_not_published()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        var forwarder = new Forwarder(broker.Broker, NullLogger.Instance);
        var before = broker.Broker.Definitions.Find(ArchiveDocuments.BusReplays(Bus.Account, Bus.Region), "r")!;
        Assert.Null((await new ReplayDirectory(broker.Broker).CancelAsync(Bus.Account, Bus.Region, "r")).Fault);
        var stored = (await broker.Broker.BrowseAsync(new BrowseCommand(await QueueAsync(broker), 0, 0, 10))).Value;
        var replay = ArchiveDocuments.Replay(before);

        var fault = await new BusReplay(broker.Broker, forwarder).PublishAsync(replay, stored, last =>
            ReplayDirectory.Change(ArchiveDocuments.BusReplays(Bus.Account, Bus.Region), replay) with
            {
                ExpectedRevision = before.Revision,
            });

        Assert.Equal(FaultCode.ConfigChanged, fault!.Code);
        Assert.Equal(0, (await CountersAsync(broker)).Visible);
    }

    [Fact]
    public async Task A_replay_whose_archive_goes_fails_and_says_why()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        await LoopOf(broker).StepAsync();
        Assert.Null((await new ArchiveDirectory(broker.Broker).DeleteAsync(Bus.Account, Bus.Region, "all")).Fault);
        await RunAsync(broker);

        var replay = (await new ReplayDirectory(broker.Broker).GetAsync(Bus.Account, Bus.Region, "r")).Value;
        Assert.Equal((ReplayState.Failed, "The archive was deleted."), (replay.State, replay.Reason));
    }

    [Fact]
    public async Task Only_what_came_in_between_the_two_times_is_replayed()
    {
        await using var broker = new TestBroker();
        await PutRuleAsync(broker);
        await ArchiveAsync(broker);
        var start = broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 10; i++)
        {
            await PublishAsync(broker, i, 1);
            broker.Time.Advance(TimeSpan.FromSeconds(1));
        }

        _ = await ReceiveAllAsync(broker);
        await StartAsync(broker, start + 2_000, start + 5_000);
        await RunAsync(broker);

        Assert.Equal([2, 3, 4, 5], await ReceiveAllAsync(broker));
    }

    [Fact]
    public async Task What_comes_in_after_the_start_is_not_replayed_by_it()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        broker.Time.Advance(TimeSpan.FromSeconds(1));
        await PublishAsync(broker, Events, 1);
        Assert.Equal([Events], await ReceiveAllAsync(broker));
        await RunAsync(broker);

        Assert.Equal(Enumerable.Range(0, Events), await ReceiveAllAsync(broker));
    }

    [Fact]
    public async Task Replayed_events_go_into_no_archive()
    {
        await using var broker = new TestBroker();
        await PrepareAsync(broker);
        await RunAsync(broker);

        Assert.Equal(Events, (await broker.Broker.ExecuteAsync(new MeasureQueueCommand(await QueueAsync(broker))))
            .Value.Messages);
    }

    /// <summary>Events in the archive, none left in the rule's queue, and a replay of all that has not begun.</summary>
    private static async Task PrepareAsync(TestBroker broker)
    {
        await PutRuleAsync(broker);
        await ArchiveAsync(broker);
        for (var i = 0; i < Events; i += 10) await PublishAsync(broker, i, 10);
        Assert.Equal(Events, (await ReceiveAllAsync(broker)).Count);
        broker.Time.Advance(TimeSpan.FromSeconds(1));
        await StartAsync(broker, 0, long.MaxValue);
    }

    private static async Task PutRuleAsync(TestBroker broker)
    {
        await broker.CreateAsync(TestBroker.Orders);
        var rule = new RuleConfig
        {
            Name = "r",
            Arn = "r",
            Pattern = """{"source":["shop"]}""",
            CreatedBy = Bus.Account,
            Targets = [new TargetConfig { Id = "t", Arn = "t", Queue = TestBroker.Orders }],
        };
        Assert.Null((await new BusDirectory(broker.Broker).PutRuleAsync(Bus, "r", _ => rule)).Fault);
    }

    private static async Task ArchiveAsync(TestBroker broker) => Assert.Null(
        (await new ArchiveDirectory(broker.Broker).CreateAsync(Bus, "all", archive => archive)).Fault);

    private static async Task StartAsync(TestBroker broker, long fromUnixMs, long toUnixMs) => Assert.Null(
        (await new ReplayDirectory(broker.Broker).StartAsync(Bus, new ReplayConfig
        {
            Name = "r", Archive = "all", FromUnixMs = fromUnixMs, ToUnixMs = toUnixMs,
        })).Fault);

    private static async Task PublishAsync(TestBroker broker, int first, int count)
    {
        var events = Enumerable.Range(first, count).Select(i => new BusEvent
        {
            Id = broker.Broker.Ids.NewId(),
            Bus = Bus,
            Json = Encoding.UTF8.GetBytes($$"""{"source":"shop","detail":{{i}}}"""),
            TakenInAt = broker.Time.GetUtcNow(),
        });
        var faults = await new EventPublisher(broker.Broker, NullLogger.Instance).PublishAsync([.. events]);
        Assert.All(faults, Assert.Null);
    }

    private static ReplayLoop LoopOf(TestBroker broker)
    {
        var forwarder = new Forwarder(broker.Broker, NullLogger.Instance);
        return new ReplayLoop(
            broker.Broker, new BusReplay(broker.Broker, forwarder), new TopicReplay(broker.Broker, forwarder),
            ArchiveDocuments.BusReplays(Bus.Account, Bus.Region), "r", new SemaphoreSlim(1), NullLogger.Instance);
    }

    private static async Task RunAsync(TestBroker broker)
    {
        await using var replays = new ReplayDispatcher(broker.Broker, NullLogger<ReplayDispatcher>.Instance);
        replays.Refresh();
        await replays.WhenIdleAsync();
    }

    private static async Task<ReplayState> StateAsync(TestBroker broker) =>
        (await new ReplayDirectory(broker.Broker).GetAsync(Bus.Account, Bus.Region, "r")).Value.State;

    private static async Task<QueueName> QueueAsync(TestBroker broker) =>
        (await new ArchiveDirectory(broker.Broker).GetAsync(Bus.Account, Bus.Region, "all")).Value.Queue;

    private static async Task<QueueCounters> CountersAsync(TestBroker broker) =>
        (await broker.Broker.ExecuteAsync(new GetQueueCommand(TestBroker.Orders))).Value.Counters;

    /// <summary>The details of all events in the rule's queue, which is empty then.</summary>
    private static async Task<IReadOnlyList<int>> ReceiveAllAsync(TestBroker broker)
    {
        var details = new List<int>();
        while ((await broker.ReceiveAsync(TestBroker.Orders)).Value is { Count: > 0 } messages)
        {
            details.AddRange(messages.Select(message =>
                JsonNode.Parse(TestBroker.BodyOf(message))!["detail"]!.GetValue<int>()));
            _ = await broker.Broker.ExecuteAsync(new DeleteCommand(
                TestBroker.Orders, [.. messages.Select(message => message.Lease.Receipt.ToString())]));
        }

        return details;
    }
}
