using System.Collections.Concurrent;
using Weir.Journal;
using Xunit;

namespace Weir.Tests.Journals;

public sealed class When_the_disk_is_real : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("weir-journal-").FullName;

    private JournalOptions Options => new()
    {
        Directory = _directory,
        FrameBytesMax = 64 << 10,
        SegmentBytes = 256 << 10,
        ReserveBytes = 0,
    };

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Frames_and_checkpoints_come_back_from_it()
    {
        var model = new JournalModel { Options = Options, IsLive = _ => false };
        model.Open(new FileDisk());
        for (var i = 0; i < 60; i++)
        {
            model.Append(60_000 + i);
            if (i % 20 == 10)
                await model.Checkpoint();
        }
        model.Journal.Dispose();

        Assert.Equal(60, model.Open(new FileDisk()));
        Assert.Equal(60, model.Acknowledged);
        model.Journal.Dispose();
    }

    [Fact]
    public async Task Acknowledgements_leave_in_the_order_of_the_commits()
    {
        using var journal = Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay());
        var acknowledged = new ConcurrentQueue<ulong>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 1; i <= 200; i++)
        {
            var frame = journal.Begin(i);
            frame.GetSpan(500)[..500].Fill((byte)i);
            frame.Advance(500);
            frame.RecordCount = 1;
            frame.State = i;
            journal.Commit(frame, durable =>
            {
                acknowledged.Enqueue(durable.Sequence);
                Assert.Equal((int)durable.Sequence, durable.State);
                if (durable.Sequence == 200)
                    last.SetResult();
            });
        }
        await last.Task;

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (ulong)i), acknowledged);
        Assert.True(journal.IsIdle);
    }

    [Fact]
    public async Task A_record_can_be_read_as_soon_as_its_frame_is_durable()
    {
        using var journal = Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay());
        for (var i = 1; i <= 50; i++)
        {
            var read = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            var frame = journal.Begin(i);
            frame.GetSpan(100)[..100].Fill((byte)i);
            frame.Advance(100);
            frame.RecordCount = 1;
            journal.Commit(frame, durable =>
            {
                var bytes = new byte[100];
                journal.Read(durable.RecordsPosition, bytes);
                read.SetResult(bytes);
            });
            Assert.All(await read.Task, value => Assert.Equal(i, value));
        }
    }

    [Fact]
    public void A_second_journal_on_the_directory_is_refused_until_the_first_is_closed()
    {
        var first = Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay());
        var exception = Assert.Throws<JournalLockedException>(
            () => Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay()));

        Assert.Equal(_directory, exception.Directory);
        Assert.Contains("Stop that process", exception.Message, StringComparison.Ordinal);
        first.Dispose();
        Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay()).Dispose();
    }

    [Fact]
    public void A_failing_call_names_the_file_and_the_errno()
    {
        var exception = Assert.Throws<JournalDiskException>(() => new FileDisk().SyncDirectory(_directory + "/none"));

        Assert.Equal(2, exception.Errno);
        Assert.Contains("/none", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_an_interrupted_process_left_half_made_are_removed()
    {
        Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay()).Dispose();
        string[] left = ["segment-0009.log.tmp", "checkpoint-00000000000000000009.ckpt.tmp"];
        foreach (var name in left)
            File.WriteAllText(Path.Combine(_directory, name), "half");
        File.WriteAllText(Path.Combine(_directory, "notes.tmp"), "not ours");
        Weir.Journal.Journal.Open(new FileDisk(), Options, new BodyReplay()).Dispose();

        Assert.All(left, name => Assert.False(File.Exists(Path.Combine(_directory, name))));
        Assert.True(File.Exists(Path.Combine(_directory, "notes.tmp")));
    }
}
