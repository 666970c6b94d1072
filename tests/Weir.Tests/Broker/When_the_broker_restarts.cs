using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker;

public sealed class When_the_broker_restarts
{
    [Fact]
    public async Task Messages_leases_and_dedup_are_as_they_were()
    {
        await using var test = new TestBroker();
        await test.CreateAsync(OrdersFifo);
        await test.SendAsync(OrdersFifo, "a", "b");
        var leased = Assert.Single((await test.ReceiveAsync(OrdersFifo, max: 1)).Value);

        await test.RestartAsync();

        Assert.Empty((await test.ReceiveAsync(OrdersFifo)).Value);
        await test.SendAsync(OrdersFifo, "a");
        var queue = (await test.Broker.ExecuteAsync(new GetQueueCommand(OrdersFifo))).Value;
        Assert.Equal(new QueueCounters(Visible: 1, InFlight: 1, Delayed: 0), queue.Counters);
        var deleted = await test.Broker.ExecuteAsync(new DeleteCommand(OrdersFifo, [leased.Lease.Receipt.ToString()]));
        Assert.True(deleted.Value[0].IsOk);
        Assert.Equal("b", BodyOf(Assert.Single((await test.ReceiveAsync(OrdersFifo)).Value)));
    }

    [Fact]
    public async Task A_queue_that_is_filled_and_drained_does_not_grow_the_disk()
    {
        await using var test = new TestBroker(options => options with { CheckpointBytes = 4 << 20 });
        await test.CreateAsync(Orders, new QueueConfigPatch { MessageBytesMax = 1 << 20 });
        var body = new string('x', 500_000);
        var most = 0L;
        for (var i = 0; i < 60; i++)
        {
            await test.SendAsync(Orders, body);
            var message = Assert.Single((await test.ReceiveAsync(Orders)).Value);
            await test.Broker.ExecuteAsync(new DeleteCommand(Orders, [message.Lease.Receipt.ToString()]));
            most = Math.Max(most, test.Broker.Figures.Journal.DiskBytes);
        }

        Assert.True(most <= 8 * (4 << 20), $"30 MB went through; the log took {most} bytes.");
    }

    [Fact]
    public async Task A_running_move_task_goes_on()
    {
        await using var test = new TestBroker();
        var deadLetters = Orders with { Name = "dead" };
        await test.CreateAsync(deadLetters);
        await test.CreateAsync(Orders, new QueueConfigPatch
        {
            Redrive = new Change<RedrivePolicy>(new RedrivePolicy(deadLetters, 1)),
        });
        for (var i = 0; i < 20; i++)
            await test.SendAsync(deadLetters, Enumerable.Range(0, 10).Select(n => $"{i}-{n}").ToArray());
        var started = await test.Broker.ExecuteAsync(
            new StartMoveTaskCommand(test.Broker.Ids.NewId(), deadLetters, Orders, ratePerSecond: 100));
        Assert.Equal(200, started.Value.ToMove);
        await MovedAsync(test, deadLetters, task => task.Moved >= 100);

        await test.RestartAsync();

        await MovedAsync(test, deadLetters, task => task is { Moved: 200, Status: MoveTaskStatus.Completed });
        var queue = (await test.Broker.ExecuteAsync(new GetQueueCommand(Orders))).Value;
        Assert.Equal(200, queue.Counters.Visible);
    }

    private static async Task MovedAsync(TestBroker test, QueueName source, Func<MoveTaskDescription, bool> isDone)
    {
        while (true)
        {
            test.Time.Advance(TimeSpan.FromMilliseconds(100));
            var tasks = (await test.Broker.ExecuteAsync(new ListMoveTasksCommand(source, 1))).Value;
            if (isDone(Assert.Single(tasks))) return;
        }
    }
}
