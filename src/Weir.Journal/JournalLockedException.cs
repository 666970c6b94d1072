namespace Weir.Journal;

public sealed class JournalLockedException(string directory) : Exception(
    $"The data directory {directory} is in use by another Weir process. " +
    "Stop that process, or give this one a data directory of its own.")
{
    public string Directory { get; } = directory;
}
