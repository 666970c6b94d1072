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

namespace Weir.Tests.Broker.Placement;

/// <summary>The power fails in every operation of the disk that a move makes, there and back.</summary>
public sealed class When_a_move_is_interrupted
{
    private const string Shop = "111122223333";
    private const int Messages = 40;

    /// <summary>What was not synced is kept or lost in so many ways.</summary>
    private const int ImagesPerCrash = 3;

    private static readonly QueueName Tasks = new(Shop, "us-east-1", "tasks");
    private static readonly QueueName TasksFifo = new(Shop, "us-east-1", "tasks.fifo");
    private static readonly QueueName Orders = new("000000000000", "us-east-1", "orders");

    private static readonly BrokerOptions Options = new()
    {
        Journal = new JournalOptions
        {
            Directory = "data", SegmentBytes = 64 << 10, FrameBytesMax = 16 << 10, ReserveBytes = 0,
            Writer = JournalWriter.Inline,
        },
        Engine = new EngineOptions
        {
            FrontMessagesMax = 4, TailMessagesMax = 8, RunMessagesMax = 8, RunBlockBytesMax = 4 << 10,
            RunContentBytesMax = 4 << 10,
        },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_shard_has_all_of_the_tenant_and_no_other_has_any(bool toSilo)
    {
        var disk = new SimulatedDisk(1);
        var broker = Open(disk);
        Fill(broker);
        if (!toSilo) Assert.True(Finish(broker, broker.Placements.MoveAsync(Shop, toSilo: true)).IsOk);
        Stop(broker);
        disk.EndProcess();
        var (crashes, moved) = (0, 0);
        for (var operation = 1L; ; operation++, crashes++)
        {
            var one = disk.Copy();
            one.CrashAtOperation = one.Operations + operation;
            if (!TryMove(one, toSilo)) break;
            for (var seed = 0; seed < ImagesPerCrash; seed++)
            {
                var after = Open(one.Crash((int)(operation * ImagesPerCrash) + seed));
                Check(after, ref moved, toSilo, operation);
                Stop(after);
            }
        }

        Assert.True(crashes > 20, $"{crashes} crashes");
        Assert.InRange(moved, 1, (crashes * ImagesPerCrash) - 1);
    }

    /// <summary>False: it came to its end without the power failing.</summary>
    private static bool TryMove(SimulatedDisk disk, bool toSilo)
    {
        try
        {
            var broker = Open(disk);
            var move = broker.Placements.MoveAsync(Shop, toSilo);
            for (var steps = 1; !move.IsCompleted && !disk.HasCrashed; steps++)
            {
                broker.Step();

                // The silo's end is awaited on the thread pool.
                if (steps % 100 == 0) _ = move.Wait(TimeSpan.FromMilliseconds(1));
            }

            return disk.HasCrashed;
        }
        catch (SimulatedCrashException)
        {
            return true;
        }
        catch (AggregateException failure) when (failure.InnerException is SimulatedCrashException)
        {
            return true;
        }
    }

    private static void Check(Weir.Broker.Broker broker, ref int moved, bool toSilo, long operation)
    {
        for (var steps = 0; steps < 20; steps++) broker.Step();
        if (broker.Placements.Find(Shop).IsSilo == toSilo) moved++;
        Assert.True(
            broker.Figures.Messages == (2 * Messages) + 1, $"{broker.Figures.Messages} after operation {operation}");
        Assert.Equal(3, broker.Figures.Queues);
        Assert.Equal(Messages, Counters(broker, TasksFifo).Visible + 1);
        Assert.Equal(1, Counters(broker, TasksFifo).InFlight);
        var bodies = new List<string>();
        while (true)
        {
            var received = broker.ReceiveAsync(
                new ReceiveCommand(Tasks, 10, null, null), TimeSpan.Zero, CancellationToken.None).AsTask();
            var batch = Finish(broker, received).Value!;
            if (batch.Count == 0) break;
            bodies.AddRange(batch.Select(message => Encoding.UTF8.GetString(message.Content.Body.Span)));
        }

        Assert.Equal(Enumerable.Range(0, Messages).Select(i => $"{i:D3}"), bodies);
        Assert.Equal(1, Counters(broker, Orders).Visible);
    }

    private static QueueCounters Counters(Weir.Broker.Broker broker, QueueName queue) =>
        Finish(broker, broker.ExecuteAsync(new GetQueueCommand(queue)).AsTask()).Value!.Counters;

    private static void Fill(Weir.Broker.Broker broker)
    {
        foreach (var queue in (QueueName[])[Tasks, TasksFifo, Orders])
        {
            var created = Finish(broker, broker.ExecuteAsync(new CreateQueueCommand(
                queue, QueueConfigPatch.Empty, ImmutableSortedDictionary<string, string>.Empty)).AsTask());
            Assert.True(created.IsOk);
            for (var i = 0; i < (queue == Orders ? 1 : Messages); i++)
            {
                var body = $"{i:D3}";
                var sent = Finish(broker, broker.ExecuteAsync(new SendCommand(queue, [new SendEntry
                {
                    MessageId = broker.Ids.NewId(),
                    Payload = new MessageContent { Body = Encoding.UTF8.GetBytes(body) }.Encode(),
                    ContentBytes = body.Length,
                    GroupId = queue.HasFifoSuffix ? body : null,
                    DeduplicationId = queue.HasFifoSuffix ? body : null,
                }])).AsTask());
                Assert.True(sent.Value![0].IsOk);
            }
        }

        var leased = broker.ReceiveAsync(
            new ReceiveCommand(TasksFifo, 1, TimeSpan.FromHours(1), null), TimeSpan.Zero, CancellationToken.None);
        Assert.Single(Finish(broker, leased.AsTask()).Value!);
    }

    private static Outcome<T> Finish<T>(Weir.Broker.Broker broker, Task<Outcome<T>> task)
    {
        for (var steps = 1; !task.IsCompleted && steps < 100_000; steps++)
        {
            broker.Step();
            if (steps % 100 == 0) _ = task.Wait(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(task.IsCompleted, "It does not come to its end.");
        return task.GetAwaiter().GetResult();
    }

    private static void Stop(Weir.Broker.Broker broker)
    {
        var stopped = broker.DisposeAsync().AsTask();
        Assert.True(stopped.Wait(TimeSpan.FromSeconds(30)));
    }

    private static Weir.Broker.Broker Open(SimulatedDisk disk) => new(
        Options, new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), IdSource.FromSeed(1),
        disk, NullLogger<Weir.Broker.Broker>.Instance);
}
