using Weir.Journal;

namespace Weir.Simulator;

// A disk in memory with the faults of a real one. Everything it does follows from its seed and the calls made.
//
// Power loss (Crash): every unsynced write is kept or lost sector by sector (512 bytes or 4 KiB), every unsynced change
// of a directory as a whole. Bytes that were synced survive, under whichever name survives.
// Failing calls: the Nth write leaves a part of itself behind; the Nth sync loses pages and calls them clean (what
// Linux does). Both report EIO.
// Full disk: a write or creation beyond CapacityBytes reports ENOSPC and changes nothing.
public sealed class SimulatedDisk : IDisk
{
    private const int ErrnoIo = 5;

    private readonly Lock _gate = new();
    private readonly Random _random;
    private Dictionary<string, SimulatedDirectory> _directories = [];
    private readonly HashSet<string> _locks = [];

    public SimulatedDisk(int seed) => _random = new Random(seed);

    public long CapacityBytes { get; set; } = long.MaxValue;

    // Calls that change something, counted from 1.
    public long Operations { get; private set; }

    public long Writes { get; private set; }

    public long Syncs { get; private set; }

    // The power fails in the middle of this operation.
    public long? CrashAtOperation { get; set; }

    public long? FailAtWrite { get; set; }

    public long? FailAtSync { get; set; }

    public bool HasCrashed { get; private set; }

    // A write or sync failed since the process began.
    public bool HasFailed { get; private set; }

    // It says yes to every sync of a file, or of a directory, and does nothing.
    public bool ForgetsSyncs { get; init; }

    public bool ForgetsDirectorySyncs { get; init; }

    // Writes of which the power loss that made this disk left a part and lost another.
    public int TornWrites { get; private init; }

    public long UsedBytes =>
        _directories.Values.SelectMany(directory => directory.Names.Values).Sum(file => file.Length);

    public SimulatedDisk Crash(int seed)
    {
        var random = new Random(seed);
        double[] shares = [0, 0.1, 0.5, 0.9, 1];
        var keep = shares[random.Next(shares.Length)];
        var sectorBytes = random.Next(2) == 0 ? 512 : 4096;
        var directories = _directories.ToDictionary(
            directory => directory.Key, directory => directory.Value.AfterPowerLoss(random, keep, sectorBytes));
        return new SimulatedDisk(random.Next())
        {
            CapacityBytes = CapacityBytes,
            ForgetsSyncs = ForgetsSyncs,
            ForgetsDirectorySyncs = ForgetsDirectorySyncs,
            _directories = directories,
            TornWrites = directories.Values.Sum(directory => directory.Names.Values.Sum(file => file.TornWrites)),
        };
    }

    // The same disk once more, while no process uses it.
    public SimulatedDisk Copy()
    {
        var all = new Random(0);
        return new SimulatedDisk((int)Operations)
        {
            _directories = _directories.ToDictionary(
                directory => directory.Key,
                directory => directory.Value.AfterPowerLoss(all, keep: 1, sectorBytes: 4096)),
        };
    }

    // The process ended and the machine did not: the page cache is as it was.
    public void EndProcess()
    {
        _locks.Clear();
        (CrashAtOperation, FailAtWrite, FailAtSync, HasFailed) = (null, null, null, false);
    }

    public void Damage(string path, long offset, byte mask) => Find(path).Damage(offset, mask);

    public void Truncate(string path, int length) => Find(path).Truncate(length);

    public void CreateDirectory(string directory)
    {
        lock (_gate)
            _directories.TryAdd(directory, new SimulatedDirectory());
    }

    public IReadOnlyList<string> List(string directory)
    {
        lock (_gate)
        {
            RequirePower();
            return [.. _directories[directory].Names.Keys.Order(StringComparer.Ordinal)];
        }
    }

    public IDiskFile Open(string path)
    {
        lock (_gate)
        {
            RequirePower();
            return new OpenFile(this, path, Find(path));
        }
    }

    public IDiskFile Create(string path) => Change(() =>
    {
        if (UsedBytes >= CapacityBytes)
            throw Full(path, "Creation");
        var file = new SimulatedFile();
        DirectoryOf(path).Add(Path.GetFileName(path), file);
        return new OpenFile(this, path, file);
    });

    public void Rename(string path, string newPath) => Change(() =>
    {
        DirectoryOf(path).Rename(Path.GetFileName(path), Path.GetFileName(newPath));
        return true;
    });

    public void Delete(string path) => Change(() =>
    {
        DirectoryOf(path).Remove(Path.GetFileName(path));
        return true;
    });

    public void SyncDirectory(string directory)
    {
        lock (_gate)
        {
            BeginSync(directory, () => { });
            if (!ForgetsDirectorySyncs) _directories[directory].Sync();
        }
    }

    public long FreeBytes(string directory)
    {
        lock (_gate)
        {
            RequirePower();
            return CapacityBytes - UsedBytes;
        }
    }

    public IDisposable? TryLock(string path)
    {
        lock (_gate)
            return _locks.Add(path) ? new Release(() => _locks.Remove(path)) : null;
    }

    public ulong NewSalt()
    {
        lock (_gate)
            return (ulong)_random.NextInt64();
    }

    private void Write(string path, SimulatedFile file, long offset, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            RequirePower();
            if (Math.Max(0, offset + source.Length - file.Length) > CapacityBytes - UsedBytes)
                throw Full(path, "Writing");
            Operations++;
            if (++Writes == FailAtWrite)
            {
                HasFailed = true;
                file.Write(offset, source[.._random.Next(source.Length)]);
                throw new JournalDiskException(path, "Writing", ErrnoIo, "Input/output error");
            }
            file.Write(offset, source);
            CrashIfDue();
        }
    }

    private void Sync(string path, SimulatedFile file)
    {
        lock (_gate)
        {
            BeginSync(path, () => file.FailSync(_random));
            if (!ForgetsSyncs) file.Sync();
        }
    }

    private void BeginSync(string path, Action fail)
    {
        RequirePower();
        Operations++;
        CrashIfDue();
        if (++Syncs != FailAtSync)
            return;
        HasFailed = true;
        fail();
        throw new JournalDiskException(path, "Sync", ErrnoIo, "Input/output error");
    }

    private T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            RequirePower();
            Operations++;
            var result = change();
            CrashIfDue();
            return result;
        }
    }

    private void CrashIfDue()
    {
        HasCrashed |= Operations == CrashAtOperation;
        RequirePower();
    }

    private void RequirePower()
    {
        if (HasCrashed)
            throw new SimulatedCrashException();
    }

    private SimulatedDirectory DirectoryOf(string path) => _directories[Path.GetDirectoryName(path)!];

    private SimulatedFile Find(string path) => DirectoryOf(path).Names[Path.GetFileName(path)];

    private static JournalDiskException Full(string path, string operation) =>
        new(path, operation, JournalDiskException.ErrnoNoSpace, "No space left on device");

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }

    private sealed class OpenFile(SimulatedDisk disk, string path, SimulatedFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(long offset, Span<byte> destination)
        {
            lock (disk._gate)
            {
                disk.RequirePower();
                return file.Read(offset, destination);
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> source) => disk.Write(path, file, offset, source);

        public void Sync() => disk.Sync(path, file);

        public void Dispose()
        {
        }
    }
}
