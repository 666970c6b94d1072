namespace Weir.Journal;

// The third kind of error: stop. What the disk holds contradicts what the journal once acknowledged.
public sealed class JournalCorruptException(string file, long offset, string reason)
    : Exception($"{file} is damaged at offset {offset}: {reason} Weir does not start on a damaged log.")
{
    public string File { get; } = file;

    public long Offset { get; } = offset;

    public string Reason { get; } = reason;
}
