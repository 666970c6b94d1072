using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weir.Journal;

// The calls that the framework hides or softens: its FlushToDisk ignores EROFS, EINVAL and ENOTSUP, and it opens no
// directory. A failed sync must be seen, so both come straight from libc with errno checked.
internal static partial class PosixCalls
{
    private const int Eintr = 4;
    private const int OpenReadOnlyCloseOnExec = 0x80000;

    public static void SyncData(SafeFileHandle handle, string file)
    {
        while (fdatasync(handle) != 0)
            ThrowUnlessInterrupted(file, "Sync");
    }

    public static void SyncDirectory(string directory)
    {
        int descriptor;
        while ((descriptor = open(directory, OpenReadOnlyCloseOnExec)) < 0)
            ThrowUnlessInterrupted(directory, "Open");
        try
        {
            while (fsync(descriptor) != 0)
                ThrowUnlessInterrupted(directory, "Sync");
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    // Only a call that a signal interrupted may be repeated: after any other failure the kernel has marked the pages
    // clean, and a second sync would succeed without having written them.
    private static void ThrowUnlessInterrupted(string file, string operation)
    {
        var errno = Marshal.GetLastPInvokeError();
        if (errno != Eintr)
            throw new JournalDiskException(file, operation, errno, Marshal.GetPInvokeErrorMessage(errno));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fdatasync(SafeFileHandle descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
