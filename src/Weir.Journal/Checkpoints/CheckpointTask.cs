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

    public Task Start(CheckpointWriter checkpoint, uint[] needed, uint[] unneeded)
    {
        var header = new CheckpointHeader(checkpoint.Sequence, checkpoint.Next, epoch, needed, checkpoint.Length);
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
                Write(header, checkpoint);
                segments.Recycle(unneeded);
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

    private void Write(CheckpointHeader header, CheckpointWriter checkpoint)
    {
        try
        {
            committer.WaitUntilDurable(header.Sequence);
            CheckpointFile.Write(disk, options.Directory, header, checkpoint.Chunks);
            Volatile.Write(ref _bytesCovered, checkpoint.BytesCovered);
            Volatile.Write(ref _completed, _completed + 1);
        }
        finally
        {
            checkpoint.ReturnChunks();
        }
    }
}
