using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

// This file is the real disk: the one place below the server that may touch the file system.
#pragma warning disable RS0030

namespace Weir.Journal;

public sealed class FileDisk : IDisk
{
    // What a refused lock looks like: EWOULDBLOCK of Linux and macOS, ERROR_SHARING_VIOLATION of Windows.
    private const int LockedOnLinux = 11;
    private const int LockedOnMacOS = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    public void CreateDirectory(string directory) =>
        Call(directory, "Creation", () => Directory.CreateDirectory(directory));

    public IReadOnlyList<string> List(string directory) => Call(directory, "Listing",
        () => Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).ToArray());

    public IDiskFile Open(string path) => Call(path, "Opening", () => new DiskFile(path,
        File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)));

    public IDiskFile Create(string path) => Call(path, "Creation", () => new DiskFile(path,
        File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)));

    public void Rename(string path, string newPath) => Call(path, "Renaming", () =>
    {
        File.Move(path, newPath, overwrite: true);
        return true;
    });

    public void Delete(string path) => Call(path, "Deletion", () =>
    {
        File.Delete(path);
        return true;
    });

    // Windows has no call for this and keeps its names in a journal of its own.
    public void SyncDirectory(string directory)
    {
        if (!OperatingSystem.IsWindows())
            PosixCalls.SyncDirectory(directory);
    }

    public long FreeBytes(string directory) =>
        Call(directory, "Measuring", () => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace);

    // FileShare.None is an flock(2) on Unix, which the kernel drops with the process, however that ends.
    public IDisposable? TryLock(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult is LockedOnLinux or LockedOnMacOS or LockedOnWindows)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "Locking", exception);
        }
    }

    public ulong NewSalt()
    {
        Span<byte> salt = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(salt);
        return BitConverter.ToUInt64(salt);
    }

    private static T Call<T>(string path, string operation, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, operation, exception);
        }
    }

    // On Unix the framework puts the raw errno into HResult.
    private static JournalDiskException Failed(string path, string operation, Exception exception) =>
        new(path, operation, exception is IOException ? exception.HResult : 0, exception.Message, exception);

    private sealed class DiskFile(string path, SafeFileHandle handle) : IDiskFile
    {
        public long Length => Call(path, "Measuring", () => RandomAccess.GetLength(handle));

        public int Read(long offset, Span<byte> destination)
        {
            try
            {
                var total = 0;
                while (total < destination.Length)
                {
                    var read = RandomAccess.Read(handle, destination[total..], offset + total);
                    if (read == 0)
                        break;
                    total += read;
                }
                return total;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Failed(path, "Reading", exception);
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            try
            {
                RandomAccess.Write(handle, source, offset);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Failed(path, "Writing", exception);
            }
        }

        public void Sync()
        {
            if (OperatingSystem.IsLinux())
                PosixCalls.SyncData(handle, path);
            else
                _ = Call(path, "Sync", () => { RandomAccess.FlushToDisk(handle); return true; });
        }

        public void Dispose() => handle.Dispose();
    }
}
