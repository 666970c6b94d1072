using Weir.Journal;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_a_byte_is_damaged
{
    private static readonly string[] Segments = ["segment-0001.log", "segment-0002.log", "segment-0003.log"];

    [Theory]
    [InlineData(false, 2 * 32 + 6208 + 2088 + 1040)]
    [InlineData(true, 2 * 32 + 2088 + 1040 + 76)]
    public void It_is_refused_or_cut_with_the_last_frame_but_never_believed(bool hasCheckpoint, int bytesThatMatter)
    {
        var (refused, cut) = (0, 0);
        var (written, model) = Written(hasCheckpoint);
        foreach (var path in Files(hasCheckpoint))
        {
            var length = written.Open(path).Length;
            for (var offset = 0; offset < length; offset++)
            {
                var disk = written.Crash(seed: 1);
                disk.Damage(path, offset, (byte)(1 << (offset % 8)));
                if (TryOpen(disk, model) is not { } recovered)
                    refused++;
                else if (recovered < model.Before)
                    cut++;
            }
        }

        // The last frame is 744 bytes with its header and padding; before it lie two segment headers, the frames that
        // are replayed, and the checkpoint. Every one of these bytes is noticed, and no other one does any harm.
        Assert.Equal((744, bytesThatMatter), (cut, refused));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_cut_short_is_never_believed(bool hasCheckpoint)
    {
        var (written, model) = Written(hasCheckpoint);
        foreach (var path in Files(hasCheckpoint))
        {
            var length = written.Open(path).Length;
            for (var keep = 0; keep < length; keep += 11)
            {
                var disk = written.Crash(seed: 1);
                disk.Truncate(path, keep);
                Assert.Null(TryOpen(disk, model));
            }
        }
    }

    [Fact]
    public void The_refusal_names_the_file_the_offset_and_the_reason()
    {
        var (disk, model) = Written(hasCheckpoint: false);
        disk.Damage(Path("segment-0001.log"), 5000, 1);
        var exception = Assert.Throws<JournalCorruptException>(() => model.Model.Open(disk));

        Assert.Equal(Path("segment-0001.log"), exception.File);
        Assert.Equal(4096, exception.Offset);
        Assert.Contains("later one", exception.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_segment_is_refused()
    {
        foreach (var hasCheckpoint in new[] { false, true })
        {
            var (disk, model) = Written(hasCheckpoint);
            disk.Delete(Path("segment-0001.log"));
            Assert.Throws<JournalCorruptException>(() => model.Model.Open(disk));
        }
    }

    // Six frames over two segments, and a prepared third one; the checkpoint covers the first three. All of it is
    // synced, so each Crash yields a copy.
    private static (SimulatedDisk Disk, (JournalModel Model, int Before) Model) Written(bool hasCheckpoint)
    {
        var disk = new SimulatedDisk(7);
        var model = new JournalModel { IsLive = _ => true };
        model.Open(disk);
        model.Append(2000);
        model.Append(2048);
        model.Append(2040);
        if (hasCheckpoint)
            _ = model.Checkpoint();
        model.Append(2048);
        model.Append(1000);
        model.Append(700);
        model.Journal.Dispose();
        return (disk, (model, model.Committed));
    }

    private static int? TryOpen(SimulatedDisk disk, (JournalModel Model, int Before) model)
    {
        try
        {
            return model.Model.CopyForDamage().Open(disk);
        }
        catch (JournalCorruptException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Files(bool hasCheckpoint) =>
        Segments.Concat(hasCheckpoint ? ["checkpoint-00000000000000000003.ckpt"] : []).Select(Path);

    private static string Path(string name) => System.IO.Path.Combine(JournalModel.Directory, name);
}
