namespace Weir.Journal;

// The only way to the disk. Two implementations: FileDisk, and the simulator's disk that tears, loses and fails.
//
// Durability is explicit: a write is durable after the file's Sync, a name (created, renamed, deleted) after
// SyncDirectory. Every failure is a JournalDiskException that carries the errno.
public interface IDisk
{
    void CreateDirectory(string directory);

    // Names of the files in the directory, without its path, in no particular order.
    IReadOnlyList<string> List(string directory);

    IDiskFile Open(string path);

    // An empty file; one that was there under this name is emptied.
    IDiskFile Create(string path);

    // Atomic; replaces a file that has the new name.
    void Rename(string path, string newPath);

    void Delete(string path);

    void SyncDirectory(string directory);

    long FreeBytes(string directory);

    // Held until disposed or until the process ends; null when another process holds it.
    IDisposable? TryLock(string path);

    // An unguessable number for a segment's salt. It comes from the disk so that a simulation owns it too.
    ulong NewSalt();
}

// Reads and writes name their offset, so that one file serves any number of threads.
public interface IDiskFile : IDisposable
{
    long Length { get; }

    // Bytes read: fewer than asked for only at the end of the file.
    int Read(long offset, Span<byte> destination);

    void Write(long offset, ReadOnlySpan<byte> source);

    void Sync();
}
