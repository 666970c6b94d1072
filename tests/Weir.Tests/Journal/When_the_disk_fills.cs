using Weir.Journal;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_the_disk_fills
{
    private const int SegmentBytes = 3 * 4096;

    private static readonly JournalOptions Options = JournalModel.SmallOptions with { ReserveBytes = 3 * SegmentBytes };

    [Fact]
    public void It_is_told_while_the_reserve_still_takes_frames()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 6 * SegmentBytes };
        var model = new JournalModel { Options = Options };
        model.Open(disk);
        Assert.False(model.Journal.IsLowOnSpace);

        while (!model.Journal.IsLowOnSpace)
            model.Append(2000);
        var atWarning = model.Committed;
        for (var i = 0; i < 6; i++)
            model.Append(2000);

        Assert.Equal(atWarning + 6, model.Acknowledged);
        Assert.False(model.Journal.Failure.IsCompleted);
    }

    [Fact]
    public void The_end_of_the_reserve_is_final_and_loses_nothing()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 5 * SegmentBytes + 100 };
        var model = new JournalModel { Options = Options };
        model.Open(disk);
        var exception = Assert.Throws<JournalDiskException>(() => AppendForever(model));

        Assert.True(exception.IsDiskFull);
        Assert.True(model.Journal.IsLowOnSpace);
        Assert.True(model.Journal.Failure.IsCompletedSuccessfully);
        disk.EndProcess();
        disk.CapacityBytes = long.MaxValue;
        Assert.Equal(model.Acknowledged, model.Open(disk));
    }

    [Fact]
    public void It_is_over_when_there_is_room_again()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 3 * SegmentBytes + 100 };
        var model = new JournalModel { Options = Options };
        model.Open(disk);
        while (model.Journal.Figures.Segments < 3)
            model.Append(2000);
        Assert.True(model.Journal.IsLowOnSpace);

        disk.CapacityBytes = 20 * SegmentBytes;
        model.Journal.CheckSpace();
        Assert.False(model.Journal.IsLowOnSpace);
        for (var i = 0; i < 20; i++)
            model.Append(2000);
    }

    [Fact]
    public async Task Recycled_segments_make_room_by_themselves()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 4 * SegmentBytes };
        var model = new JournalModel { Options = Options, IsLive = _ => false };
        model.Open(disk);
        while (model.Journal.Figures.Segments < 3)
            model.Append(2000);
        Assert.True(model.Journal.IsLowOnSpace);
        disk.CapacityBytes += 1000;
        await model.Checkpoint();

        Assert.False(model.Journal.IsLowOnSpace);
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_fit_is_given_up_and_the_log_goes_on()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 3 * SegmentBytes };
        var model = new JournalModel { Options = Options, IsLive = _ => false };
        model.Open(disk);
        while (model.Journal.Figures.Segments < 3)
            model.Append(2000);
        var used = disk.UsedBytes;
        var exception = await Assert.ThrowsAsync<JournalDiskException>(model.Checkpoint);

        Assert.True(exception.IsDiskFull);
        Assert.Equal(used, disk.UsedBytes);
        Assert.False(model.Journal.IsCheckpointing);
        model.Append(100);
        Assert.Equal(model.Committed, model.Acknowledged);
    }

    private static void AppendForever(JournalModel model)
    {
        while (true)
            model.Append(2000);
    }
}
