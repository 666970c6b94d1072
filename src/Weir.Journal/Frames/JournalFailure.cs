namespace Weir.Journal;

// The first failed write or sync. It is set once and never cleared: after a failed sync the kernel calls the lost
// pages clean, so going on would acknowledge what the disk does not have.
internal sealed class JournalFailure
{
    private readonly TaskCompletionSource<JournalDiskException> _first =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<JournalDiskException> First => _first.Task;

    public bool HasFailed => _first.Task.IsCompleted;

    public void Fail(JournalDiskException exception) => _first.TrySetResult(exception);

    // A new exception each time, so that every thrower has its own stack and the cause keeps the first one.
    public void ThrowIfFailed()
    {
        if (HasFailed)
            throw Exception();
    }

    public JournalDiskException Exception()
    {
        var first = _first.Task.Result;
        return new JournalDiskException(first.File, first.Operation, first.Errno, "the journal has stopped", first);
    }
}
