using System.Runtime.InteropServices;

namespace Weir.WireTests.Server;

/// <summary>Sends a process what an operator or the kernel would: .NET itself only knows SIGKILL.</summary>
internal static partial class Signal
{
    private const int Terminate = 15;

    public static void SendTerminate(int processId)
    {
        if (Kill(processId, Terminate) != 0)
            throw new InvalidOperationException(
                $"SIGTERM did not reach process {processId}: errno {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
