namespace Weir.Server;

/// <summary>
/// How a weir process ends. The numbers from 64 are those of BSD's sysexits.h, which other programs already read.
/// </summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The server refused what was asked, or is not ready.</summary>
    public const int Refused = 1;

    /// <summary>A dry run found that something is not as the file wants it.</summary>
    public const int Differs = 2;

    /// <summary>Wrong arguments or configuration: nothing was done.</summary>
    public const int Usage = 64;

    /// <summary>The log is damaged; Weir does not start on it.</summary>
    public const int DataCorrupt = 65;

    /// <summary>The server cannot be reached, or the address cannot be listened on.</summary>
    public const int Unavailable = 69;

    /// <summary>The disk failed while Weir ran: everything acknowledged is stored, nothing more was.</summary>
    public const int DiskFailed = 70;

    /// <summary>The data directory cannot be opened: in use, or not permitted.</summary>
    public const int DataUnavailable = 73;
}
