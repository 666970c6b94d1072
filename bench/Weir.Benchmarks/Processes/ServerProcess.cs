using Weir.Benchmarks.Http;

namespace Weir.Benchmarks.Processes;

/// <summary>A server in a process of its own, on a free port of this machine.</summary>
internal sealed class ServerProcess(ChildProcess process, int port) : IAsyncDisposable
{
    public ChildProcess Process { get; } = process;

    public int Port { get; } = port;

    public SqsRequests Requests { get; } = new(port);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
