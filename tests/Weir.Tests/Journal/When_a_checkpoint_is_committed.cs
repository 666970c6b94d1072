using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_a_checkpoint_is_committed
{
    private static readonly Func<uint, bool> NothingIsLive = _ => false;

    [Fact]
    public async Task The_log_stops_growing_because_its_segments_come_back()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(disk);
        for (var i = 1; i <= 400; i++)
        {
            model.Append(2000);
            if (i % 10 == 0)
                await model.Checkpoint();
        }
        var figures = model.Journal.Figures;

        Assert.InRange(figures.Segments + figures.SpareSegments, 1, 8);
        Assert.InRange(disk.UsedBytes, 0, 8 * JournalModel.SmallOptions.SegmentBytes + 8192);
        Assert.Equal(40, figures.Checkpoints);
        Assert.Equal(400, figures.Frames);
    }

    [Fact]
    public async Task Frames_of_a_segments_earlier_life_never_pass_for_new_ones()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(disk);
        for (var i = 1; i <= 60; i++)
        {
            model.Append(1000);
            if (i % 5 == 0)
                await model.Checkpoint();

            // Every state of a recycled segment, from empty to full of new frames, lies over old ones of the same size.
            var copy = model.Copy();
            Assert.Equal(i, copy.Open(disk.Crash(i)));
        }
    }

    [Fact]
    public async Task A_live_segment_stays_and_can_be_read_after_a_restart()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = segment => segment == 2 };
        model.Open(disk);
        var positions = Enumerable.Range(0, 30).Select(_ => model.Append(1500)).ToList();
        await model.Checkpoint();
        model.Journal.Dispose();

        Assert.Equal(30, model.Open(disk));
        _ = model.Read(positions.First(position => position.Segment == 2), 1500);
        Assert.Throws<InvalidOperationException>(() => model.Read(positions[0], 1500));
    }

    [Fact]
    public async Task A_pinned_segment_stays_until_the_checkpoint_after_its_release()
    {
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(new SimulatedDisk(1));
        var first = model.Append(1500);
        var expected = model.Read(first, 1500);
        var pin = model.Journal.Pin(first.Segment);
        for (var i = 0; i < 20; i++)
            model.Append(1500);
        await model.Checkpoint();
        Assert.Equal(expected, model.Read(first, 1500));

        pin.Dispose();
        Assert.Equal(expected, model.Read(first, 1500));
        await model.Checkpoint();
        Assert.Throws<InvalidOperationException>(() => model.Read(first, 1500));
        Assert.Throws<InvalidOperationException>(() => model.Journal.Pin(first.Segment));
    }

    [Fact]
    public async Task Only_the_log_behind_it_is_counted_and_replayed()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(disk);
        model.Append(1000);
        Assert.Equal(1040, model.Journal.BytesSinceCheckpoint);
        await model.Checkpoint();
        Assert.Equal(0, model.Journal.BytesSinceCheckpoint);
        model.Append(992);
        model.Journal.Dispose();
        model.Open(disk);

        Assert.Equal(1032, model.Journal.BytesSinceCheckpoint);
    }

    [Fact]
    public async Task Frames_after_its_moment_are_replayed_though_it_is_written_later()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(disk);
        model.Append(1000);
        var mark = model.Journal.BeginCheckpoint(NothingIsLive);
        var body = model.Body();
        model.Append(992);
        await model.Journal.WriteCheckpoint(mark, body);
        model.Journal.Dispose();

        Assert.Equal(2, model.Open(disk));
        Assert.Equal(1032, model.Journal.BytesSinceCheckpoint);
    }

    [Fact]
    public async Task One_of_many_chunks_comes_back_whole()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel { IsLive = NothingIsLive };
        model.Open(disk);
        model.Append(100);
        var expected = new byte[5_000_001];
        new Random(1).NextBytes(expected);
        await model.Journal.WriteCheckpoint(model.Journal.BeginCheckpoint(NothingIsLive), body =>
        {
            for (var at = 0; at < expected.Length;)
            {
                var span = body.GetSpan(1 + at % 3000);
                var count = Math.Min(span.Length, Math.Min(2777, expected.Length - at));
                expected.AsSpan(at, count).CopyTo(span);
                body.Advance(count);
                at += count;
            }
        });
        model.Journal.Dispose();

        var replay = new BodyReplay();
        Weir.Journal.Journal.Open(disk, model.Options, replay).Dispose();
        Assert.Equal(expected, replay.Body);
    }
}
