namespace Weir.Journal;

// A place in the log: the segment's number (never a file name; files are recycled) and the byte offset in its file.
public readonly record struct LogPosition(uint Segment, uint Offset)
{
    public override string ToString() => $"{Segment}:{Offset}";
}
