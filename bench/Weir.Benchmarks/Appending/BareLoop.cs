using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weir.Benchmarks.Appending;

/// <summary>
/// The ceiling of the journal: one thread that writes and syncs, batch after batch, into a file of one segment's size
/// whose blocks are all written already, from its start again when its end is reached.
/// </summary>
internal sealed partial class BareLoop : IDisposable
{
    private const int FileBytes = 64 << 20;

    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = new byte[8 << 20];

    public BareLoop(string path)
    {
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        for (var offset = 0; offset < FileBytes; offset += _buffer.Length) RandomAccess.Write(_file, _buffer, offset);
        Sync();
        Random.Shared.NextBytes(_buffer);
    }

    /// <summary>The time that these batches take.</summary>
    public TimeSpan Write(IEnumerable<int> batchBytes)
    {
        var clock = Stopwatch.StartNew();
        var offset = 0L;
        foreach (var bytes in batchBytes)
        {
            if (offset + bytes > FileBytes) offset = 0;
            RandomAccess.Write(_file, _buffer.AsSpan(0, bytes), offset);
            Sync();
            offset += bytes;
        }

        return clock.Elapsed;
    }

    public void Dispose() => _file.Dispose();

    private void Sync()
    {
        if (fdatasync(_file) != 0) throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle file);
}
