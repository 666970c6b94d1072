namespace Weir.Journal;

// A call on the disk failed. Errno is the operating system's own number, 0 where there is none.
public sealed class JournalDiskException : Exception
{
    // ENOSPC and EDQUOT of Linux; the numbers are the kernel's ABI (asm-generic/errno-base.h, asm-generic/errno.h).
    public const int ErrnoNoSpace = 28;
    public const int ErrnoQuotaExceeded = 122;

    public JournalDiskException(string file, string operation, int errno, string reason, Exception? inner = null)
        : base($"{operation} of {file} failed: {reason} (errno {errno}).", inner)
    {
        File = file;
        Operation = operation;
        Errno = errno;
    }

    public string File { get; }

    public string Operation { get; }

    public int Errno { get; }

    public bool IsDiskFull => Errno is ErrnoNoSpace or ErrnoQuotaExceeded;
}
