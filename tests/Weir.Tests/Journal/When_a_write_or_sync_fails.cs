using Weir.Journal;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_a_write_or_sync_fails
{
    private const int Frames = 45;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_acknowledged_afterwards_and_everything_before_survives(bool isSync)
    {
        var whole = new SimulatedDisk(3);
        Work(whole, new JournalModel());
        var calls = isSync ? whole.Syncs : whole.Writes;
        Assert.True(calls > 50);

        for (var call = 1; call <= calls; call++)
        {
            var disk = Failing(call, isSync);
            var model = new JournalModel();
            Work(disk, model);

            // The process starts again on the page cache, and then the power fails under it.
            disk.EndProcess();
            model.Open(disk);
            model.Append(200);
            model.Journal.Dispose();
            model.Open(disk.Crash(call));
        }
    }

    [Fact]
    public void A_frame_that_only_the_page_cache_knows_is_durable_before_recovery_ends()
    {
        var disk = new SimulatedDisk(5);
        var model = new JournalModel();
        model.Open(disk);
        model.Append(900);
        disk.FailAtSync = disk.Syncs + 1;
        Assert.Throws<JournalDiskException>(() => model.Append(900));
        disk.EndProcess();

        Assert.Equal(2, model.Open(disk));
        for (var image = 0; image < 20; image++)
            Assert.Equal(2, model.Copy().Open(disk.Crash(image)));
    }

    [Fact]
    public async Task The_failure_is_told_and_every_call_repeats_it()
    {
        var disk = new SimulatedDisk(5);
        var model = new JournalModel { Options = JournalModel.SmallOptions with { Writer = JournalWriter.Thread } };
        model.Open(disk);
        var frame = model.Journal.Begin(1);
        frame.GetSpan(1)[0] = 1;
        frame.Advance(1);
        frame.RecordCount = 1;
        disk.FailAtWrite = disk.Writes + 1;
        var isAcknowledged = false;
        try
        {
            model.Journal.Commit(frame, _ => isAcknowledged = true);
        }
        catch (JournalDiskException)
        {
            // A segment that was being prepared met the failing write first.
        }
        var failure = await model.Journal.Failure;

        Assert.Equal(5, failure.Errno);
        Assert.Throws<JournalDiskException>(() => model.Journal.Begin(2));
        model.Journal.Dispose();
        Assert.False(isAcknowledged);
    }

    private static SimulatedDisk Failing(int call, bool isSync) => isSync
        ? new SimulatedDisk(3) { FailAtSync = call }
        : new SimulatedDisk(3) { FailAtWrite = call };

    private static void Work(SimulatedDisk disk, JournalModel model)
    {
        try
        {
            model.Open(disk);
            model.Work(3, Frames);
        }
        catch (JournalDiskException)
        {
            // A journal that could not be opened has nothing to be asked. One that had failed stays failed.
            if (model.Journal is not { } journal)
                return;
            Assert.True(journal.Failure.IsCompletedSuccessfully);
            Assert.Throws<JournalDiskException>(() => journal.Begin(1));
            journal.Dispose();
        }
    }
}
