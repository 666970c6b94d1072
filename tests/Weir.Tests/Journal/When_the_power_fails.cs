using CsCheck;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_the_power_fails
{
    private const int Frames = 45;
    private const int ImagesPerOperation = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_acknowledged_frame_survives_whatever_operation_it_fails_in(int seed)
    {
        var whole = new SimulatedDisk(seed);
        Run(whole, new JournalModel(), seed);
        Assert.True(whole.Operations > 100);

        for (var operation = 1; operation <= whole.Operations; operation++)
        {
            var disk = new SimulatedDisk(seed) { CrashAtOperation = operation };
            var model = new JournalModel();
            Run(disk, model, seed);
            for (var image = 0; image < ImagesPerOperation; image++)
                CrashAgain(disk.Crash(image), model.Copy(), operation * 31 + image);
        }
    }

    [Fact]
    public void A_long_row_of_failures_never_loses_or_invents_a_frame() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk(seed);
            var model = new JournalModel();
            for (var life = 0; life < 12; life++)
            {
                disk.CrashAtOperation = random.Next(1, 90);
                Run(disk, model, random.Next());
                disk = disk.Crash(random.Next());
            }
            model.Open(disk);
        }, iter: 80, threads: 1);

    [Fact]
    public void Frames_of_another_size_limit_are_appended_safely_to_a_torn_log() =>
        Gen.Int.Sample(seed =>
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk(seed);
            var model = new JournalModel();
            for (var life = 0; life < 8; life++)
            {
                disk.CrashAtOperation = random.Next(1, 60);
                model = model.CopyWith(model.Options with { FrameBytesMax = random.Next(64, 2049) });
                Run(disk, model, random.Next());
                disk = disk.Crash(random.Next());
            }
            model.Open(disk);
        }, iter: 80, threads: 1);

    // A client repeats its request, and the bytes that the torn frame lacked are written in the same place.
    [Fact]
    public void A_frame_that_was_cut_cannot_be_completed_by_later_writes()
    {
        const string Segment = JournalModel.Directory + "/segment-0001.log";
        const int LostOffset = 4096 + 40 + 1500;
        var disk = new SimulatedDisk(1);
        var model = new JournalModel();
        model.Open(disk);
        model.Append(2000);
        disk.Damage(Segment, LostOffset, 0x80);
        model.Journal.Dispose();

        var other = new JournalModel();
        Assert.Equal(0, other.Open(disk));
        other.Journal.Dispose();
        disk.Damage(Segment, LostOffset, 0x80);
        Assert.Equal(0, other.Open(disk));
    }

    private static void CrashAgain(SimulatedDisk disk, JournalModel model, int seed)
    {
        disk.CrashAtOperation = new Random(seed).Next(1, 40);
        Run(disk, model, seed);
        var after = disk.Crash(seed);
        model.Open(after);
        model.Append(300);
        Assert.Equal(model.Committed, model.Acknowledged);
    }

    private static void Run(SimulatedDisk disk, JournalModel model, int seed)
    {
        try
        {
            model.Open(disk);
            model.Work(seed, Frames);
        }
        catch (SimulatedCrashException)
        {
            // The power failed, as planned.
        }
    }
}
