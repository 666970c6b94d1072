using Weir.Broker.Messages;
using Weir.Engine;
using Weir.Engine.Commands;
using Xunit;
using static Weir.Tests.Broker.TestBroker;

namespace Weir.Tests.Broker;

/// <summary>A few messages that stay, beside many that go: what stays must not hold the disk.</summary>
public sealed class When_little_of_the_log_is_live
{
    private const int SegmentBytes = 256 << 10;
    private const int CheckpointBytes = 512 << 10;
    private const int BodyBytes = 4_000;
    private const int Rounds = 1_500;
    private const int RoundsPerKept = 15;

    private static readonly QueueName Kept = Orders with { Name = "kept" };

    [Fact]
    public async Task What_stays_is_written_again_and_its_segments_are_reused()
    {
        await using var test = NewBroker();
        var kept = await TorrentAsync(test);

        var figures = test.Broker.Figures;
        Assert.True(figures.Compaction.CopiedBytes > 0, "Nothing was compacted.");
        Assert.True(figures.Compaction.ReclaimedBytes > 0, "Nothing was reclaimed.");
        Assert.InRange(figures.Compaction.CopiedBytes, 1, figures.Journal.BytesAppended / 2);
        var reserve = (2L * CheckpointBytes) + ((4 + figures.Journal.SpareSegments) * (long)SegmentBytes);
        Assert.InRange(figures.Journal.DiskBytes, figures.LiveBytes, (2.5 * figures.LiveBytes) + reserve);

        await test.RestartAsync();
        Assert.Equal(kept, await DrainAsync(test));
    }

    [Fact]
    public async Task A_purge_frees_a_deep_backlog_without_reading_it()
    {
        await using var test = NewBroker();
        await test.CreateAsync(Orders);
        for (var i = 0; i < 500; i++) await test.SendAsync(Orders, Body(i));
        Assert.True(test.Broker.Figures.MessagesInMemory < 100, "Everything is in memory.");

        await test.Broker.ExecuteAsync(new PurgeQueueCommand(Orders));

        Assert.Equal((0, 0, 0L), (test.Broker.Figures.Messages, test.Broker.Figures.MessagesInMemory,
            test.Broker.Figures.LiveBytes));
        await test.SendAsync(Orders, "after");
        Assert.Equal("after", BodyOf(Assert.Single((await test.ReceiveAsync(Orders)).Value)));
    }

    private static TestBroker NewBroker() => new(options => options with
    {
        Journal = options.Journal with { SegmentBytes = SegmentBytes, FrameBytesMax = 100 << 10, SpareSegmentsMax = 2 },
        CheckpointBytes = CheckpointBytes,
        Engine = new EngineOptions
        {
            FrontMessagesMax = 8, TailMessagesMax = 16, RunMessagesMax = 8, RunBlockBytesMax = 8 << 10,
            RunContentBytesMax = 64 << 10,
        },
    });

    private static async Task<List<string>> TorrentAsync(TestBroker test)
    {
        var kept = new List<string>();
        await test.CreateAsync(Orders);
        await test.CreateAsync(Kept);
        for (var i = 0; i < Rounds; i++)
        {
            if (i % RoundsPerKept == 0)
            {
                kept.Add(Body(i));
                await test.SendAsync(Kept, Body(i));
            }

            await test.SendAsync(Orders, Body(-i));
            var message = Assert.Single((await test.ReceiveAsync(Orders)).Value);
            await DeleteAsync(test, Orders, message);
        }

        return kept;
    }

    private static async Task<List<string>> DrainAsync(TestBroker test)
    {
        var bodies = new List<string>();
        while ((await test.ReceiveAsync(Kept)).Value is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                bodies.Add(BodyOf(message));
                await DeleteAsync(test, Kept, message);
            }
        }

        return bodies;
    }

    private static async Task DeleteAsync(TestBroker test, QueueName queue, ReceivedMessage message)
    {
        var delete = new DeleteCommand(queue, [message.Lease.Receipt.ToString()]);
        Assert.True((await test.Broker.ExecuteAsync(delete)).IsOk);
    }

    private static string Body(int number) => $"{number}:".PadRight(BodyBytes, '.');
}
