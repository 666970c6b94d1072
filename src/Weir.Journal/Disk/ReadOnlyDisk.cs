namespace Weir.Journal;

// A disk that lets itself be looked at: what would change it happens to nobody. So recovery, which tidies up as it
// goes, can be run on a directory without touching it.
public sealed class ReadOnlyDisk(IDisk disk) : IDisk
{
    public void CreateDirectory(string directory)
    {
    }

    public IReadOnlyList<string> List(string directory) => disk.List(directory);

    public IDiskFile Open(string path) => new File(disk.Open(path));

    public IDiskFile Create(string path) => throw new InvalidOperationException($"{path} would be created.");

    public void Rename(string path, string newPath) => throw new InvalidOperationException($"{path} would be renamed.");

    public void Delete(string path)
    {
    }

    public void SyncDirectory(string directory)
    {
    }

    public long FreeBytes(string directory) => disk.FreeBytes(directory);

    public IDisposable? TryLock(string path) => disk.TryLock(path);

    public ulong NewSalt() => disk.NewSalt();

    private sealed class File(IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> destination) => file.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
        }

        public void Sync()
        {
        }

        public void Dispose() => file.Dispose();
    }
}
