using System.Buffers;
using CsCheck;
using Weir.Journal;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_frames_are_committed
{
    [Fact]
    public void They_come_back_in_order_after_any_work() =>
        Gen.Select(Gen.Int, Gen.Int[0, 60]).Sample((seed, frames) =>
        {
            var disk = new SimulatedDisk(seed);
            var model = new JournalModel();
            Assert.Equal(0, model.Open(disk));
            model.Work(seed, frames);
            Assert.Equal(model.Committed, model.Acknowledged);
            model.Journal.Dispose();
            Assert.Equal(model.Committed, model.Open(disk));
            model.Journal.Dispose();
        }, iter: 100, threads: 1);

    [Fact]
    public void A_record_can_be_read_where_the_frame_said_it_would_lie()
    {
        var model = new JournalModel();
        model.Open(new SimulatedDisk(1));
        var position = model.Append(700);
        var expected = new byte[700];
        new Random(700).NextBytes(expected);

        Assert.Equal(expected, model.Read(position, 700));
    }

    [Fact]
    public void A_frame_without_records_takes_its_turn_and_gives_its_sequence_back()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel();
        model.Open(disk);
        model.Append(10);
        var writes = disk.Writes;
        var wasCalled = false;
        var empty = model.Journal.Begin(5);
        model.Journal.Commit(empty, frame => wasCalled = frame.Sequence == 2);

        Assert.True(wasCalled);
        Assert.Equal(writes, disk.Writes);
        Assert.Equal(2ul, model.Journal.Begin(6).Sequence);
    }

    [Fact]
    public void More_than_a_frame_holds_is_refused_before_it_is_written()
    {
        var model = new JournalModel();
        model.Open(new SimulatedDisk(1));
        var frame = model.Journal.Begin(1);
        frame.Write(new byte[2000]);

        Assert.Equal(48, frame.Remaining);
        Assert.Throws<InvalidOperationException>(() => frame.GetSpan(49));
    }

    [Fact]
    public void A_frame_cannot_be_begun_or_committed_twice()
    {
        var model = new JournalModel();
        model.Open(new SimulatedDisk(1));
        var frame = model.Journal.Begin(1);

        Assert.Throws<InvalidOperationException>(() => model.Journal.Begin(2));
        model.Journal.Commit(frame, _ => { });
        Assert.Throws<InvalidOperationException>(() => model.Journal.Commit(frame, _ => { }));
    }

    [Fact]
    public void One_write_and_one_sync_carry_a_frame()
    {
        var disk = new SimulatedDisk(1);
        var model = new JournalModel();
        model.Open(disk);
        var (writes, syncs) = (disk.Writes, disk.Syncs);
        model.Append(1000);

        Assert.Equal((writes + 1, syncs + 1), (disk.Writes, disk.Syncs));
    }

    [Fact]
    public void Options_out_of_their_limits_are_refused_by_name()
    {
        var options = JournalModel.SmallOptions with { SegmentBytes = 8192 };
        var exception = Assert.Throws<ArgumentException>(
            () => Weir.Journal.Journal.Open(new SimulatedDisk(1), options, new BodyReplay()));

        Assert.Contains(nameof(JournalOptions.SegmentBytes), exception.Message, StringComparison.Ordinal);
    }
}
