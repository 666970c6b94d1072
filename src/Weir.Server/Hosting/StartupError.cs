using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Weir.Engine.State;
using Weir.Journal;
using Weir.Server.Options;

namespace Weir.Server.Hosting;

/// <summary>Why Weir cannot start, in a sentence that says what to do, and the code that it ends with.</summary>
internal sealed record StartupError(int ExitCode, string Message)
{
    /// <summary>Null for what nobody foresaw: that deserves its stack trace.</summary>
    public static StartupError? From(Exception failure, ServerOptions options) => failure switch
    {
        JournalLockedException locked => new(ExitCodes.DataUnavailable, locked.Message),
        KeyFileException key => new(ExitCodes.DataUnavailable, key.Message),
        TopologyException topology => new(ExitCodes.Usage, topology.Message),
        TlsException tls => new(ExitCodes.Usage, tls.Message),
        JournalCorruptException or StateCorruptException => new(
            ExitCodes.DataCorrupt,
            $"{failure.Message} 'weir doctor {options.Data}' shows what can be read and takes it out."),
        JournalDiskException disk => new(
            ExitCodes.DataUnavailable,
            $"The data directory {options.Data} cannot be used: {disk.Message}"),
        IOException { InnerException: AddressInUseException } => new(
            ExitCodes.Unavailable,
            $"Port {options.Port} of {options.Host} is in use by another process: stop that one, or choose another "
            + "with --port."),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
            ExitCodes.Unavailable,
            $"Port {options.Port} may not be listened on by this user: choose one above 1023 with --port."),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => new(
            ExitCodes.Unavailable,
            $"{options.Host} is not an address of this machine: choose one that is with --host."),
        SocketException or IOException { InnerException: SocketException } => new(
            ExitCodes.Unavailable,
            $"{options.Host}:{options.Port} cannot be listened on: {failure.Message}"),
        _ => null,
    };
}
