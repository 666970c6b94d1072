using System.Buffers;

namespace Weir.Journal;

// One checkpoint at a time: wait for the frames that it covers, write it, then recycle what it does without.
//
// A full disk only ends this checkpoint: its temporary file is removed, the older checkpoint and every segment stay,
// and the returned task fails. Any other disk failure is final for the whole journal.
internal sealed class CheckpointTask(
    IDisk disk,
    JournalOptions options,
    uint epoch,
    FrameCommitter committer,
    SegmentPool segments,
    JournalFailure failure)
{
    private volatile Task _running = Task.CompletedTask;
    private long _bytesCovered;
    private long _completed;

    public bool IsRunning => !_running.IsCompleted;

    public long BytesCovered => Volatile.Read(ref _bytesCovered);

    public long Completed => Volatile.Read(ref _completed);

    public Task Start(CheckpointMark mark, Action<IBufferWriter<byte>> writeBody)
    {
        var header = new CheckpointHeader(mark.Sequence, mark.Next, epoch, mark.NeededSegments, BodyBytes: 0);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running = done.Task;
        if (options.Writer == JournalWriter.Inline)
            Run();
        else
            new Thread(Run) { IsBackground = true, Name = "weir-checkpoint" }.Start();
        return done.Task;

        void Run()
        {
            try
            {
                Write(header, mark, writeBody);
                segments.Recycle(mark.UnneededSegments);
                done.SetResult();
            }
            catch (JournalDiskException exception)
            {
                if (!exception.IsDiskFull)
                    failure.Fail(exception);
                done.SetException(exception);
            }
        }
    }

    // Whether it went well or not is the business of the task's owner.
    public void Wait()
    {
        if (options.Writer == JournalWriter.Thread)
            ((IAsyncResult)_running).AsyncWaitHandle.WaitOne();
    }

    private void Write(CheckpointHeader header, CheckpointMark mark, Action<IBufferWriter<byte>> writeBody)
    {
        committer.WaitUntilDurable(header.Sequence);
        CheckpointFile.Write(disk, options.Directory, header, writeBody);
        Volatile.Write(ref _bytesCovered, mark.BytesCovered);
        Volatile.Write(ref _completed, _completed + 1);
    }
}
