using Microsoft.Extensions.Time.Testing;
using Weir.Broker.Placement;
using Weir.Broker.Shards;
using Weir.Engine;
using Weir.Engine.Commands;
using Weir.Engine.Definitions;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker.Placement;

public sealed class When_a_tenant_moves
{
    private const string Shop = "111122223333";

    private static readonly QueueName Tasks = new(Shop, "us-east-1", "tasks");
    private static readonly QueueName TasksFifo = new(Shop, "us-east-1", "tasks.fifo");
    private static readonly ScopeName News = new("topic", Shop, "us-east-1", "news");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everything_is_as_it_was_there_and_back_and_after_a_restart(bool restarts)
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Orders);
        await test.SendAsync(Orders, "of another tenant");
        await test.CreateAsync(Tasks);
        await test.CreateAsync(TasksFifo);
        await test.SendAsync(Tasks, [.. Enumerable.Range(0, 10).Select(i => $"{i}")]);
        await test.SendAsync(TasksFifo, "a", "b");
        await DefineAsync(test, 1);
        foreach (var toSilo in (bool[])[true, false, true])
        {
            var leased = Assert.Single((await test.ReceiveAsync(Tasks, max: 1)).Value);
            var inGroup = Assert.Single((await test.ReceiveAsync(TasksFifo, max: 1)).Value);
            await MoveAsync(test, toSilo);
            if (restarts) await test.RestartAsync();
            Assert.Equal(toSilo, test.Broker.Placements.Find(Shop).IsSilo);
            Assert.Equal(toSilo ? 1 : 0, test.Broker.Figures.Silos);
            Assert.Empty((await test.ReceiveAsync(TasksFifo)).Value);
            await DoneAsync(test, Tasks, new ChangeVisibilityCommand(
                Tasks, [new VisibilityChange(leased.Lease.Receipt.ToString(), TimeSpan.Zero)]));
            await DoneAsync(test, TasksFifo, new ChangeVisibilityCommand(
                TasksFifo, [new VisibilityChange(inGroup.Lease.Receipt.ToString(), TimeSpan.Zero)]));
            await test.SendAsync(TasksFifo, "a");
            Assert.Equal(2, (await CountersAsync(test, TasksFifo)).Visible);
            Assert.Equal(1, test.Broker.Definitions.Find(News, "x")!.Value.Span[0]);
            Assert.Equal(Tasks, Assert.Single((await test.Broker.ExecuteAsync(
                new ListQueuesCommand(Shop, "us-east-1", "", null, 1))).Value!.Queues));
        }

        var received = (await test.ReceiveAsync(Tasks)).Value;
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), received.Select(BodyOf).Order());
        Assert.Equal(4, received.Max(message => message.Lease.ReceiveCount));
        Assert.Equal(["a", "b"], (await test.ReceiveAsync(TasksFifo)).Value.Select(BodyOf));
        Assert.Equal("of another tenant", BodyOf(Assert.Single((await test.ReceiveAsync(Orders)).Value)));
        Assert.Equal(13, test.Broker.Figures.Messages);
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_while_it_moved_is_lost_or_there_twice()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Tasks);
        await test.CreateAsync(TasksFifo);
        using var stop = new CancellationTokenSource();
        var sent = 0;
        var senders = Enumerable.Range(0, 4).Select(sender => Task.Run(async () =>
        {
            var own = 0;
            while (!stop.IsCancellationRequested)
            {
                var body = $"{sender}/{own:D6}";
                Assert.True((await test.SendAsync(sender % 2 == 0 ? Tasks : TasksFifo, body)).IsOk);
                own++;
                Interlocked.Increment(ref sent);
            }

            return own;
        })).ToArray();
        for (var i = 0; i < 6; i++)
        {
            var before = Volatile.Read(ref sent);
            while (Volatile.Read(ref sent) < before + 50) await Task.Yield();
            await MoveAsync(test, toSilo: i % 2 == 0);
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(senders);
        var bodies = new List<string>();
        foreach (var queue in (QueueName[])[Tasks, TasksFifo])
        {
            while ((await test.ReceiveAsync(queue)).Value is { Count: > 0 } messages)
            {
                bodies.AddRange(messages.Select(BodyOf));
                await test.Broker.ExecuteAsync(new DeleteCommand(
                    queue, [.. messages.Select(message => message.Lease.Receipt.ToString())]));
            }
        }

        for (var sender = 0; sender < senders.Length; sender++)
        {
            Assert.Equal(
                Enumerable.Range(0, counts[sender]).Select(own => $"{sender}/{own:D6}"),
                bodies.Where(body => body.StartsWith($"{sender}/", StringComparison.Ordinal)));
        }

        Assert.Equal(0, test.Broker.Figures.Messages);
    }

    [Fact]
    public async Task A_receive_that_waits_is_answered_and_one_that_comes_later_gets_what_is_sent()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Tasks);
        var waiting = test.ReceiveAsync(Tasks, wait: TimeSpan.FromSeconds(20)).AsTask();
        await test.WaitersAsync(1);
        await MoveAsync(test, toSilo: true);
        Assert.Empty((await waiting).Value);
        var next = test.ReceiveAsync(Tasks, wait: TimeSpan.FromSeconds(20)).AsTask();
        await test.WaitersAsync(1);
        await test.SendAsync(Tasks, "hello");
        Assert.Equal("hello", BodyOf(Assert.Single((await next).Value)));
    }

    [Fact]
    public async Task Deep_backlogs_move_in_runs()
    {
        await using var test = new TestBroker(options => options with
        {
            Engine = new EngineOptions { FrontMessagesMax = 10, TailMessagesMax = 20, RunMessagesMax = 16 },
        });
        await test.CreateAsync(Tasks);
        for (var i = 0; i < 100; i++)
            await test.SendAsync(Tasks, [.. Enumerable.Range(i * 10, 10).Select(n => $"{n:D4}")]);
        await MoveAsync(test, toSilo: true);
        Assert.True(test.Broker.Figures.MessagesInMemory < 100, $"{test.Broker.Figures.MessagesInMemory}");
        await test.RestartAsync();
        var bodies = new List<string>();
        while ((await test.ReceiveAsync(Tasks)).Value is { Count: > 0 } messages)
            bodies.AddRange(messages.Select(BodyOf));
        Assert.Equal(Enumerable.Range(0, 1000).Select(n => $"{n:D4}"), bodies);
    }

    [Fact]
    public async Task A_silo_without_its_log_refuses_the_start_and_names_it()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(Tasks);
        await MoveAsync(test, toSilo: true);
        await test.Broker.DisposeAsync();
        var silo = Path.Combine(test.DataDirectory, "silos", Shop);
        Directory.Move(silo, silo + "-away");
        var failure = await Assert.ThrowsAsync<Weir.Journal.JournalCorruptException>(test.RestartAsync);
        Assert.Contains(silo, failure.Message, StringComparison.Ordinal);
        Directory.Delete(silo, recursive: true);
        Directory.Move(silo + "-away", silo);
        await test.RestartAsync();
        Assert.True(test.Broker.Placements.Find(Shop).IsSilo);
    }

    [Fact]
    public async Task A_directory_that_belongs_to_nobody_is_not_overwritten()
    {
        await using var test = new TestBroker();
        var silo = Path.Combine(test.DataDirectory, "silos", Shop);
        Directory.CreateDirectory(silo);
        await File.WriteAllTextAsync(Path.Combine(silo, "checkpoint-1"), "x", TestContext.Current.CancellationToken);
        var outcome = await test.Broker.Placements.MoveAsync(Shop, toSilo: true);
        Assert.Contains(silo, outcome.Fault!.Message, StringComparison.Ordinal);
        Assert.Equal(outcome.Fault, test.Broker.Placements.Find(Shop).Failure);
        Assert.False(test.Broker.Placements.Find(Shop).IsSilo);
    }

    [Fact]
    public async Task There_are_no_more_silos_than_may_be_and_the_servers_own_account_stays()
    {
        await using var test = new TestBroker(options => options with { SilosMax = 1 });
        await MoveAsync(test, toSilo: true);
        var second = await test.Broker.Placements.MoveAsync("111122224444", toSilo: true);
        Assert.Equal(FaultCode.InFlightLimit, second.Fault!.Code);
        var own = await test.Broker.Placements.MoveAsync("000000000000", toSilo: true);
        Assert.Equal(FaultCode.InvalidValue, own.Fault!.Code);
    }

    [Fact]
    public async Task What_waits_for_a_move_waits_no_longer_than_it_may()
    {
        var time = new FakeTimeProvider();
        using var gate = new PauseGate(time);
        var work = new CommandWork<Done>(new PurgeQueueCommand(Tasks));
        var answer = work.Task;
        Assert.True(gate.TryEnter(work, out var refusal));
        Assert.Null(refusal);
        var receive = new ReceiveWork(new ReceiveCommand(Tasks, 1, null, null), null, CancellationToken.None);
        var received = receive.Task;
        Assert.True(gate.TryEnter(receive, out _));
        time.Advance(PauseGate.WaitMax - TimeSpan.FromMilliseconds(1));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(FaultCode.Unavailable, (await answer).Fault!.Code);
        Assert.Empty((await received).Value!);
    }

    [Fact]
    public void No_more_waits_than_may_and_what_waited_goes_first()
    {
        using var gate = new PauseGate(new FakeTimeProvider());
        var works = Enumerable.Range(0, PauseGate.WorksMax + 1)
            .Select(_ => new CommandWork<Done>(new PurgeQueueCommand(Tasks))).ToArray();
        foreach (var work in works[..^1])
        {
            Assert.True(gate.TryEnter(work, out var fine));
            Assert.Null(fine);
        }

        Assert.True(gate.TryEnter(works[^1], out var refusal));
        Assert.Equal(FaultCode.Unavailable, refusal!.Code);
        var passed = new List<Work>();
        gate.Open(passed.Add, () => Assert.Equal(works[..^1], passed));
        Assert.False(gate.TryEnter(works[^1], out _));
    }

    private static async Task MoveAsync(TestBroker test, bool toSilo)
    {
        var moved = await test.Broker.Placements.MoveAsync(Shop, toSilo);
        Assert.True(moved.IsOk, moved.Fault?.Message);
    }

    private static async Task DefineAsync(TestBroker test, byte value) => Assert.True(
        (await test.Broker.ExecuteAsync(new DefineCommand([new DefinitionChange
        {
            Scope = News, Item = "x", Value = new byte[] { value },
        }]))).IsOk);

    private static async Task DoneAsync(
        TestBroker test, QueueName queue, Command<IReadOnlyList<Outcome<Done>>> command)
    {
        var outcome = await test.Broker.ExecuteAsync(command);
        Assert.True(outcome.IsOk && outcome.Value[0].IsOk, $"{queue}: {outcome.Fault?.Message}");
    }

    private static async Task<QueueCounters> CountersAsync(TestBroker test, QueueName queue) =>
        (await test.Broker.ExecuteAsync(new GetQueueCommand(queue))).Value!.Counters;
}
