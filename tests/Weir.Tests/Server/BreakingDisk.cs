using Weir.Journal;

namespace Weir.Tests.Server;

/// <summary>The real disk until it breaks: from then on no sync succeeds any more.</summary>
internal sealed class BreakingDisk : IDisk
{
    private readonly FileDisk _disk = new();
    private volatile bool _isBroken;

    public void Break() => _isBroken = true;

    public void CreateDirectory(string directory) => _disk.CreateDirectory(directory);

    public IReadOnlyList<string> List(string directory) => _disk.List(directory);

    public IDiskFile Open(string path) => new BreakingFile(this, path, _disk.Open(path));

    public IDiskFile Create(string path) => new BreakingFile(this, path, _disk.Create(path));

    public void Rename(string path, string newPath) => _disk.Rename(path, newPath);

    public void Delete(string path) => _disk.Delete(path);

    public void SyncDirectory(string directory) => _disk.SyncDirectory(directory);

    public long FreeBytes(string directory) => _disk.FreeBytes(directory);

    public IDisposable? TryLock(string path) => _disk.TryLock(path);

    public ulong NewSalt() => _disk.NewSalt();

    private sealed class BreakingFile(BreakingDisk disk, string path, IDiskFile file) : IDiskFile
    {
        private const int ErrnoIo = 5;

        public long Length => file.Length;

        public int Read(long offset, Span<byte> destination) => file.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source) => file.Write(offset, source);

        public void Sync()
        {
            if (disk._isBroken) throw new JournalDiskException(path, "Sync", ErrnoIo, "Input/output error");
            file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
